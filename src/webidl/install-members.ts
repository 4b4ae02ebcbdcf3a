import { attributeProperty } from "./attribute-property.ts";
import { getEventHandler, setEventHandler } from "./event-handler.ts";
import type { InterfaceDefinition } from "./interface-definition.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { operationFunction } from "./operation-function.ts";

/** An interface and the members of its class as they were written. */
export interface Interface {
  readonly definition: InterfaceDefinition;
  readonly implementation: Readonly<Record<string, PropertyDescriptor>>;
  readonly staticImplementation: Readonly<Record<string, PropertyDescriptor>>;
}

/**
 * Defines the members of an interface on a prototype object: a class's, a realm's own, or a
 * window's `Navigator.prototype` for a partial interface.
 *
 * @see https://webidl.spec.whatwg.org/#interface-prototype-object
 */
export function installMembers(target: object, iface: Interface, realm: BindingRealm): void {
  const { definition, implementation } = iface;
  const { brand } = definition;
  const { attributes = {}, operations = {}, secureMembers = [] } = definition;
  for (const [name, descriptor] of Object.entries(implementation)) {
    if (name === "constructor") continue;
    if (secureMembers.includes(name) && !realm.isSecureContext) continue;
    const operation = operations[name];
    if (operation && typeof descriptor.value === "function") {
      const method = descriptor.value as (...values: unknown[]) => unknown;
      const value = operationFunction({ name, brand, operation, implementation: method, realm });
      Object.defineProperty(target, name, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else if (descriptor.get) {
      const parts = { name, brand, type: attributes[name], implementation: descriptor, realm };
      Object.defineProperty(target, name, attributeProperty(parts));
    }
  }
  for (const name of definition.eventHandlers ?? []) {
    const parts = { name, brand, type: any, implementation: eventHandlerAccessor(name), realm };
    Object.defineProperty(target, name, attributeProperty(parts));
  }
}

/** Defines the static operations of an interface on its constructor. */
export function installStaticMembers(target: object, iface: Interface, realm: BindingRealm): void {
  const { definition, staticImplementation } = iface;
  for (const [name, operation] of Object.entries(definition.staticOperations ?? {})) {
    const implementation = staticImplementation[name]?.value as (...values: unknown[]) => unknown;
    const { brand } = definition;
    const value = operationFunction({
      name,
      brand,
      operation,
      implementation,
      realm,
      static: true,
    });
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
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
