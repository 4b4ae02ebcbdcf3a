import type { Brand } from "./brand.ts";
import type { Converter } from "./converter.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { asFunctionOf } from "./operation-function.ts";
import { toRealm } from "./to-realm.ts";

export interface AttributeParts {
  readonly name: string;
  readonly brand: Brand<unknown, object>;
  /** Absent: read-only. */
  readonly type: Converter<unknown> | undefined;
  /** The class's accessor. */
  readonly implementation: PropertyDescriptor;
  readonly realm: BindingRealm;
}

/**
 * The accessor property of an attribute.
 * @see https://webidl.spec.whatwg.org/#js-attributes
 */
export function attributeProperty(parts: AttributeParts): object {
  const { brand, implementation, name, realm, type } = parts;
  // A literal, so that the functions have the names that IDL asks for and can't be constructed.
  const accessors = {
    get [name](): unknown {
      if (!brand.is(this)) throw new realm.TypeError("Illegal invocation");
      return toRealm(realm, implementation.get?.call(this));
    },
    set [name](value: unknown) {
      if (!brand.is(this)) throw new realm.TypeError("Illegal invocation");
      const description = `Failed to set the '${name}' property on '${brand.name}': The provided value`;
      implementation.set?.call(this, type?.(value, { realm, description }));
    },
  };
  const { get, set } = Object.getOwnPropertyDescriptor(accessors, name) ?? {};
  return {
    get: get && asFunctionOf(realm, get, 0),
    set: type && set && asFunctionOf(realm, set, 1),
    enumerable: true,
    configurable: true,
  };
}
