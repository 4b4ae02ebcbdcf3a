import { convertArguments, requiredCount } from "./argument.ts";
import type { Brand } from "./brand.ts";
import { makeInspectable } from "./inspectable.ts";
import type { Interface } from "./install-members.ts";
import { installMembers, installStaticMembers } from "./install-members.ts";
import type { InterfaceDefinition } from "./interface-definition.ts";
import { nodeIntrinsics } from "./intrinsics.ts";
import type { BindingRealm } from "./intrinsics.ts";

/** Node's realm, where the classes themselves are the interfaces. */
const nodeBindingRealm: BindingRealm = {
  ...nodeIntrinsics,
  isSecureContext: true,
  constructors: new Map(),
};

/**
 * Gives a class the shape that Web IDL asks of an interface: enumerable members that check `this`,
 * count and convert their arguments, event handler attributes, `Symbol.toStringTag`, lengths. The
 * class's own methods then receive converted values, and can be exposed in other realms too.
 */
export function defineInterface(definition: InterfaceDefinition): Interface {
  const { brand, class: implementationClass, construct } = definition;
  const { prototype } = implementationClass;
  const iface: Interface = {
    definition,
    members: Object.getOwnPropertyDescriptors(prototype),
    staticMembers: definition.staticOperations
      ? Object.getOwnPropertyDescriptors(implementationClass)
      : {},
  };
  installMembers(prototype, iface, nodeBindingRealm);
  installStaticMembers(implementationClass, iface, nodeBindingRealm);
  shapePrototype(prototype, brand);
  const length = construct ? requiredCount(construct.arguments) : 0;
  if (implementationClass.length !== length) {
    Object.defineProperty(implementationClass, "length", { value: length, configurable: true });
  }
  brand.class = implementationClass;
  return iface;
}

/** Converts the arguments of a class's constructor. */
export function constructorArguments(
  { definition }: Interface,
  values: readonly unknown[],
  realm: BindingRealm = nodeBindingRealm,
): unknown[] {
  const { brand, construct } = definition;
  const description = `Failed to construct '${brand.name}'`;
  if (!construct) throw new realm.TypeError("Illegal constructor");
  const { example } = construct;
  return convertArguments(construct.arguments, values, { realm, description, example });
}

/** What every interface prototype object has. */
export function shapePrototype(prototype: object, brand: Brand<unknown, object>): void {
  Object.defineProperty(prototype, Symbol.toStringTag, { value: brand.name, configurable: true });
  // Errors are shown with their stack.
  if (brand.builtIn !== "DOMException") makeInspectable(prototype, brand.name);
}
