import { attributeProperty } from "./attribute-property.ts";
import { getEventHandler, setEventHandler } from "./event-handler.ts";
import type { InterfaceDefinition } from "./interface-definition.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { operationFunction } from "./operation-function.ts";
import type { Method, OperationParts } from "./operation-function.ts";

/** The members of a class as they were written. */
type Members = Readonly<Record<string, PropertyDescriptor>>;

/** An interface and the members of its class as they were written. */
export interface Interface {
  readonly definition: InterfaceDefinition;
  readonly members: Members;
  readonly staticMembers: Members;
}

/** As a class wrote a read-only attribute, it lacks this alone: its slots check `this`. */
const AS_WRITTEN = { enumerable: true };

/**
 * Defines the members of an interface on a prototype object: a class's, a realm's own, or a
 * window's `Navigator.prototype` for a partial interface.
 *
 * @see https://webidl.spec.whatwg.org/#interface-prototype-object
 */
export function installMembers(target: object, iface: Interface, realm: BindingRealm): void {
  const { definition, members } = iface;
  const { brand, attributes, eventHandlers = [], operations = {}, secureMembers } = definition;
  for (const [name, implementation] of Object.entries(members)) {
    if (secureMembers?.includes(name) === true && !realm.isSecureContext) continue;
    const operation = name === "constructor" ? undefined : operations[name];
    const type = attributes?.[name];
    if (operation) {
      const method = implementation.value as Method;
      defineOperation(target, { name, brand, operation, implementation: method, realm });
    } else if (implementation.get && type === undefined && target === definition.class.prototype) {
      Object.defineProperty(target, name, AS_WRITTEN);
    } else if (implementation.get) {
      const parts = { name, brand, type, implementation, realm };
      Object.defineProperty(target, name, attributeProperty(parts));
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
  for (const [name, operation] of Object.entries(staticOperations)) {
    const method = iface.staticMembers[name]?.value as Method;
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
