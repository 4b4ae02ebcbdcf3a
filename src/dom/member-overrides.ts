import type { BindingRealm } from "../webidl/intrinsics.ts";
import { asFunctionOf } from "../webidl/operation-function.ts";

type Getter = (this: object) => unknown;
type Method = (this: object, ...values: unknown[]) => unknown;

/** What an attribute does: `native` is the window's own, for when ours has nothing to say. */
export interface AttributeOverride {
  get(element: object, native: () => unknown): unknown;
  /** Absent: read-only. */
  set?(element: object, value: unknown, native: (value: unknown) => void): void;
}

/** Replaces and adds members of one of a window's interface prototypes. */
export class MemberOverrides {
  readonly #prototype: object;
  readonly #isOurs: (object: object) => boolean;

  /** @param isOurs - false for objects of another window, where windows share prototypes */
  constructor(prototype: object, isOurs: (object: object) => boolean = () => true) {
    this.#prototype = prototype;
    this.#isOurs = isOurs;
  }

  /** Replaces or adds an attribute. */
  attribute(name: string, { get, set }: AttributeOverride): void {
    const isOurs = this.#isOurs;
    const native = findProperty(this.#prototype, name);
    const accessors = {
      get [name](): unknown {
        const getNative = (): unknown => (native?.get as Getter | undefined)?.call(this);
        return isOurs(this) ? get(this, getNative) : getNative();
      },
      set [name](value: unknown) {
        const setNative = (converted: unknown): void => native?.set?.call(this, converted);
        if (isOurs(this)) set?.(this, value, setNative);
        else setNative(value);
      },
    };
    const descriptor: PropertyDescriptor = { ...Object.getOwnPropertyDescriptor(accessors, name) };
    if (!set) Object.assign(descriptor, { set: undefined });
    Object.defineProperty(this.#prototype, name, descriptor);
  }

  /** Replaces or adds an operation. */
  method(
    name: string,
    method: (element: object, values: unknown[], native: () => unknown) => unknown,
  ): void {
    const { length = 0, value } = this.#wrap(name, method);
    Object.defineProperty(value, "length", { value: length, configurable: true });
    this.#define(name, value);
  }

  /** Adds an operation that windows here lack, whose arguments are all optional. */
  add(
    realm: BindingRealm,
    name: string,
    method: (element: object, values: unknown[]) => unknown,
  ): void {
    this.#define(name, asFunctionOf(realm, this.#wrap(name, method).value, 0));
  }

  #wrap(
    name: string,
    method: (element: object, values: unknown[], native: () => unknown) => unknown,
  ): { readonly value: Method; readonly length: number | undefined } {
    const isOurs = this.#isOurs;
    const native = findProperty(this.#prototype, name)?.value as Method | undefined;
    const functions = {
      [name](this: object, ...values: unknown[]): unknown {
        const callNative = (): unknown => native?.apply(this, values);
        return isOurs(this) ? method(this, values, callNative) : callNative();
      },
    };
    return { value: functions[name] as Method, length: native?.length };
  }

  #define(name: string, value: unknown): void {
    const flags = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(this.#prototype, name, { value, ...flags });
  }
}

/** A property of an interface prototype, found on it or on what it inherits from. */
function findProperty(prototype: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}
