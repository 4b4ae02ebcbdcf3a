import type { Brand } from "./brand.ts";
import { requiredCount } from "./argument.ts";
import { constructorArguments, shapePrototype } from "./define-interface.ts";
import { installMembers, installStaticMembers } from "./install-members.ts";
import type { Interface } from "./install-members.ts";
import type { BindingRealm, InterfaceConstructor, Intrinsics } from "./intrinsics.ts";
import { asFunctionOf } from "./operation-function.ts";

type Constructors = Map<Brand<unknown, object>, InterfaceConstructor>;

/**
 * Makes the interfaces anew for another realm: constructors whose prototypes inherit from that
 * realm's built-ins, with functions that throw its errors and return its promises. The behaviour
 * stays that of the classes.
 *
 * @param interfaces - each after the one it inherits from
 * @see https://webidl.spec.whatwg.org/#define-the-global-property-references
 */
export function exposeInterfaces<R extends Intrinsics & { readonly isSecureContext: boolean }>(
  intrinsics: R,
  interfaces: readonly Interface[],
): R & BindingRealm {
  const constructors: Constructors = new Map();
  const realm: R & BindingRealm = { ...intrinsics, constructors };
  for (const iface of interfaces) {
    const { brand, secureContext } = iface.definition;
    if (secureContext && !realm.isSecureContext) continue;
    constructors.set(brand, createConstructor(iface, realm, constructors));
  }
  return realm;
}

function createConstructor(
  iface: Interface,
  realm: BindingRealm,
  constructors: Constructors,
): InterfaceConstructor {
  const { brand, construct } = iface.definition;
  const { [brand.name]: constructor } = {
    [brand.name]: function (...values: unknown[]): object {
      if (!new.target || !construct) throw new realm.TypeError("Illegal constructor");
      const converted = constructorArguments(iface, values, realm);
      const inherited = construct.inherited?.(converted) ?? [];
      const object = Reflect.construct(brand.allocatorIn(realm), inherited, new.target) as object;
      construct.initialise(object, realm, converted);
      return object;
    },
  };
  const callable = constructor as unknown as InterfaceConstructor;
  const parent = parentOf(brand, realm, constructors);
  asFunctionOf(realm, callable, construct ? requiredCount(construct.arguments) : 0);
  if (parent) Object.setPrototypeOf(callable, parent);
  const prototype = Object.create((parent ?? realm.Object).prototype as object) as object;
  Object.defineProperty(callable, "prototype", { value: prototype, writable: false });
  Object.defineProperty(prototype, "constructor", {
    value: callable,
    writable: true,
    configurable: true,
  });
  installMembers(prototype, iface, realm);
  installStaticMembers(callable, iface, realm);
  shapePrototype(prototype, brand);
  return callable;
}

function parentOf(
  { inherits }: Brand<unknown, object>,
  realm: BindingRealm,
  constructors: Constructors,
): { readonly prototype: unknown } | undefined {
  if (inherits === undefined) return undefined;
  return typeof inherits === "string" ? realm[inherits] : constructors.get(inherits);
}
