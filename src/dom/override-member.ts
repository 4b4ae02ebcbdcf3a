import type { BindingRealm } from "../webidl/intrinsics.ts";
import { asFunctionOf } from "../webidl/operation-function.ts";

type Getter = (this: object) => unknown;
type Method = (this: object, ...values: unknown[]) => unknown;

/** A property of an interface prototype, found on it or on what it inherits from. */
function findProperty(prototype: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}

/** What an attribute does: `native` is the window's own, for when ours has nothing to say. */
export interface AttributeOverride {
  get(element: object, native: () => unknown): unknown;
  /** Absent: read-only. */
  set?(element: object, value: unknown, native: (value: unknown) => void): void;
}

/** Replaces or adds an attribute on a window's prototype. */
export function overrideAttribute(
  prototype: object,
  name: string,
  { get, set }: AttributeOverride,
): void {
  const native = findProperty(prototype, name);
  const accessors = {
    get [name](): unknown {
      return get(this, () => (native?.get as Getter | undefined)?.call(this));
    },
    set [name](value: unknown) {
      set?.(this, value, (converted) => native?.set?.call(this, converted));
    },
  };
  const descriptor: PropertyDescriptor = { ...Object.getOwnPropertyDescriptor(accessors, name) };
  if (!set) Object.assign(descriptor, { set: undefined });
  Object.defineProperty(prototype, name, descriptor);
}

/** Replaces or adds an operation on a window's prototype. */
export function overrideMethod(
  prototype: object,
  name: string,
  method: (element: object, values: unknown[], native: () => unknown) => unknown,
): void {
  const native = findProperty(prototype, name)?.value as Method | undefined;
  const { [name]: value } = {
    [name](this: object, ...values: unknown[]): unknown {
      return method(this, values, () => native?.apply(this, values));
    },
  };
  Object.defineProperty(value, "length", { value: native?.length ?? 0, configurable: true });
  defineMethod(prototype, name, value);
}

/** Adds an operation that windows here lack, whose arguments are all optional. */
export function addMethod(
  realm: BindingRealm,
  prototype: object,
  name: string,
  method: (element: object, values: unknown[]) => unknown,
): void {
  const { [name]: value } = {
    [name](this: object, ...values: unknown[]): unknown {
      return method(this, values);
    },
  };
  defineMethod(prototype, name, asFunctionOf(realm, value as Method, 0));
}

function defineMethod(prototype: object, name: string, value: unknown): void {
  const flags = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(prototype, name, { value, ...flags });
}
