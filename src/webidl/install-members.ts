import { attributeProperty } from "./attribute-property.ts";
import { getEventHandler, setEventHandler } from "./event-handler.ts";
import type { InterfaceDefinition } from "./interface-definition.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { operationFunction } from "./operation-function.ts";
import type { Method, OperationParts } from "./operation-function.ts";

/** A member of a class as it was written. */
type Member = readonly [name: string, property: PropertyDescriptor];

/** An interface and the members of its class as they were written. */
export interface Interface {
  readonly definition: InterfaceDefinition;
  readonly members: readonly Member[];
  readonly staticMembers: readonly Member[];
}

/** What a class's prototype, or the class itself, has of its own. */
export function membersOf(object: object): Member[] {
  return Object.getOwnPropertyNames(object).flatMap((name): Member[] => {
    const property = Object.getOwnPropertyDescriptor(object, name);
    return property === undefined || name === "constructor" ? [] : [[name, property]];
  });
}

/**
 * Defines the members of an interface on a prototype object: a class's, a realm's own, or a
 * window's `Navigator.prototype` for a partial interface.
 *
 * @see https://webidl.spec.whatwg.org/#interface-prototype-object
 */
export function installMembers(target: object, iface: Interface, realm: BindingRealm): void {
  const {
    brand,
    attributes,
    eventHandlers = [],
    operations = {},
    secureMembers,
  } = iface.definition;
  for (const [name, implementation] of iface.members) {
    if (secureMembers?.includes(name) === true && !realm.isSecureContext) continue;
    const operation = operations[name];
    if (implementation.get) {
      const parts = { name, brand, type: attributes?.[name], implementation, realm };
      Object.defineProperty(target, name, attributeProperty(parts));
    } else if (operation) {
      const method = implementation.value as Method;
      defineOperation(target, { name, brand, operation, implementation: method, realm });
    }
  }
  for (const name of eventHandlers) {
    const parts = { name, brand, type: any, implementation: eventHandlerAccessor(name), realm };
    Object.defineProperty(target, name, attributeProperty(parts));
  }
}

/** Defines the static operations of an interface on its constructor. */
export function installStaticMembers(target: object, iface: Interface, realm: BindingRealm): void {
  const { brand, staticOperations = {} } = iface.definition;
  for (const [name, implementation] of iface.staticMembers) {
    const operation = staticOperations[name];
    if (operation === undefined) continue;
    const method = implementation.value as Method;
    const parts = { name, brand, operation, implementation: method, realm };
    defineOperation(target, { ...parts, isStatic: true });
  }
}

function defineOperation(target: object, parts: OperationParts): void {
  const flags = { enumerable: true, writable: true, configurable: true };
  Object.defineProperty(target, parts.name, { value: operationFunction(parts), ...flags });
}

function any(value: unknown): unknown {
  return value;
}

function eventHandlerAccessor(name: string): PropertyDescriptor {
  const type = name.slice("on".length);
  return {
    get(this: EventTarget) {
      return getEventHandler(this, type);
    },
    set(this: EventTarget, value: unknown) {
      setEventHandler(this, type, value);
    },
  };
}
