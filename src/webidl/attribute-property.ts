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
  const check = (object: unknown): void => {
    if (!brand.is(object)) throw new realm.TypeError("Illegal invocation");
  };
  const accessor = Object.getOwnPropertyDescriptor(
    {
      get [name](): unknown {
        check(this);
        return toRealm(realm, implementation.get?.call(this));
      },
      set [name](value: unknown) {
        check(this);
        const description = `Failed to set the '${name}' property on '${brand.name}': The provided value`;
        implementation.set?.call(this, type?.(value, { realm, description }));
      },
    },
    name,
  );
  if (accessor?.get) asFunctionOf(realm, accessor.get, 0);
  if (accessor?.set) asFunctionOf(realm, accessor.set, 1);
  return { ...accessor, ...(type ? {} : { set: undefined }) };
}
