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
  const set = parts.type && setter(parts, parts.type);
  return { get: getter(parts), set, enumerable: true, configurable: true };
}

function getter({ brand, implementation, name, realm }: AttributeParts): object | undefined {
  const accessor = {
    get [name](): unknown {
      if (!brand.is(this)) throw new realm.TypeError("Illegal invocation");
      return toRealm(realm, implementation.get?.call(this));
    },
  };
  const { get } = Object.getOwnPropertyDescriptor(accessor, name) ?? {};
  return get && asFunctionOf(realm, get, 0);
}

function setter(
  { brand, implementation, name, realm }: AttributeParts,
  type: Converter<unknown>,
): object | undefined {
  const accessor = {
    set [name](value: unknown) {
      if (!brand.is(this)) throw new realm.TypeError("Illegal invocation");
      const description = `Failed to set the '${name}' property on '${brand.name}': The provided value`;
      implementation.set?.call(this, type(value, { realm, description }));
    },
  };
  const { set } = Object.getOwnPropertyDescriptor(accessor, name) ?? {};
  return set && asFunctionOf(realm, set, 1);
}
