import type { InterfaceClass, Intrinsics } from "./intrinsics.ts";

/** The built-in interfaces that ours inherit from, by their name in {@link Intrinsics}. */
export type BuiltInInterface = "EventTarget" | "Event" | "DOMException";

/**
 * What makes an object a platform object of one interface: its internal slots, kept beside it.
 *
 * Slots rather than private fields, since an object of a window's `MediaStream` is made by that
 * window's `EventTarget` and shares no class with Node's; both carry the same brand.
 *
 * @see https://webidl.spec.whatwg.org/#dfn-platform-object
 */
export class Brand<Slots, Instance extends object> {
  /** The interface's name. */
  readonly name: string;
  readonly inherits: BuiltInInterface | Brand<unknown, object> | undefined;
  /** Node's own constructor of the interface, once it is defined. */
  class: InterfaceClass | undefined;
  readonly #slots = new WeakMap<object, Slots>();

  constructor(name: string, inherits?: BuiltInInterface | Brand<unknown, object>) {
    this.name = name;
    this.inherits = inherits;
  }

  /** True for objects of the interface, of any realm. */
  is(value: unknown): value is Instance {
    return typeof value === "object" && value !== null && this.#slots.has(value);
  }

  /** Makes `object` implement the interface. */
  attach(object: object, slots: Slots): void {
    this.#slots.set(object, slots);
  }

  /**
   * The object's internal slots.
   * @throws TypeError for an object that doesn't implement the interface.
   */
  slotsOf(object: unknown): Slots {
    const slots =
      typeof object === "object" && object !== null ? this.#slots.get(object) : undefined;
    if (slots === undefined) throw new TypeError("Illegal invocation");
    return slots;
  }

  /** The built-in interface at the root of the inheritance, if there is one. */
  get builtIn(): BuiltInInterface | undefined {
    return typeof this.inherits === "object" ? this.inherits.builtIn : this.inherits;
  }

  /** The constructor that allocates objects of the interface in a realm. */
  allocatorIn(realm: Intrinsics): new (...values: never[]) => object {
    return realm[this.builtIn ?? "Object"];
  }
}
