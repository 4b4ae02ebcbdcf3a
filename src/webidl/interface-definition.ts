import type { Argument } from "./argument.ts";
import type { Brand } from "./brand.ts";
import type { Converter } from "./converter.ts";
import type { BindingRealm, InterfaceClass } from "./intrinsics.ts";

export interface OperationDefinition {
  readonly arguments: readonly Argument[];
  /** Every failure, even of `this`, becomes a rejection. */
  readonly returnsPromise: boolean;
  /** How it is called, for the message of a mistake. */
  readonly example?: string;
}

export interface ConstructorDefinition {
  readonly arguments: readonly Argument[];
  /** How it is called, for the message of a mistake. */
  readonly example?: string;
  /** What the inherited built-in constructor is called with. Default: nothing. */
  inherited?(values: readonly unknown[]): readonly unknown[];
  /** Attaches the slots. */
  initialise(object: object, realm: BindingRealm, values: readonly unknown[]): void;
}

/**
 * An interface: the class that implements it, and what IDL says beyond its signatures. Accessors of
 * the class that aren't named here are read-only attributes.
 */
export interface InterfaceDefinition {
  readonly brand: Brand<unknown, object>;
  /** Node's own constructor of the interface. */
  readonly class: InterfaceClass;
  /** `[SecureContext]`: absent elsewhere. */
  readonly secureContext?: boolean;
  /** Absent: `new` throws a TypeError. */
  readonly construct?: ConstructorDefinition;
  /** The type that assigned values of writable attributes are converted to. */
  readonly attributes?: Readonly<Record<string, Converter<unknown>>>;
  readonly eventHandlers?: readonly `on${string}`[];
  readonly operations?: Readonly<Record<string, OperationDefinition>>;
  /** Operations of the constructor itself. */
  readonly staticOperations?: Readonly<Record<string, OperationDefinition>>;
  /** Members that are there in secure contexts alone. */
  readonly secureMembers?: readonly string[];
}

/** An operation. */
export function operation(...list: readonly Argument[]): OperationDefinition {
  return { arguments: list, returnsPromise: false };
}

/** An operation that returns a promise. */
export function promiseOperation(...list: readonly Argument[]): OperationDefinition {
  return { arguments: list, returnsPromise: true };
}
