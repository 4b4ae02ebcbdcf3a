import type { Brand } from "./brand.ts";

/**
 * The built-in constructors of one JavaScript realm (Node's own, or a window's) that bindings use:
 * what they throw, return and build on belongs to the realm of the function that was called.
 *
 * @see https://webidl.spec.whatwg.org/#js-environment
 */
export interface Intrinsics {
  readonly Object: ObjectConstructor;
  readonly Function: FunctionConstructor;
  readonly Array: ArrayConstructor;
  readonly Promise: PromiseConstructor;
  readonly TypeError: TypeErrorConstructor;
  readonly Number: NumberConstructor;
  readonly String: StringConstructor;
  readonly EventTarget: typeof EventTarget;
  readonly Event: typeof Event;
  readonly DOMException: typeof DOMException;
}

/** A realm with the interfaces that were exposed in it; Node's own realm has the classes as they are. */
export interface BindingRealm extends Intrinsics {
  readonly isSecureContext: boolean;
  readonly constructors: ReadonlyMap<Brand<unknown, object>, InterfaceConstructor>;
}

/** A constructor function of an interface. */
export type InterfaceConstructor = new (...values: never[]) => object;

/** A class that implements an interface; its constructor may be private. */
// oxlint-disable-next-line typescript/no-unsafe-function-type
export type InterfaceClass = Function & { readonly prototype: object };

/** Node's own. */
export const nodeIntrinsics: Intrinsics = {
  Object,
  Function,
  Array,
  Promise,
  TypeError,
  Number,
  String,
  EventTarget,
  Event,
  DOMException,
};
