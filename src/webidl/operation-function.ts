import { convertArguments, requiredCount } from "./argument.ts";
import type { Brand } from "./brand.ts";
import type { OperationDefinition } from "./interface-definition.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { toRealm } from "./to-realm.ts";

type AnyFunction = (this: unknown, ...values: unknown[]) => unknown;

export interface OperationParts {
  readonly name: string;
  readonly brand: Brand<unknown, object>;
  readonly operation: OperationDefinition;
  /** The class's method: receives converted values. */
  readonly implementation: AnyFunction;
  readonly realm: BindingRealm;
  /** An operation of the constructor, which doesn't look at `this`. */
  readonly static?: true;
}

/**
 * The function object of an operation: checks `this`, counts and converts arguments, and turns any
 * failure of a promise-returning operation into a rejection.
 *
 * @see https://webidl.spec.whatwg.org/#dfn-create-operation-function
 */
export function operationFunction(parts: OperationParts): AnyFunction {
  const { name, operation, realm } = parts;
  const { [name]: callable } = {
    [name](this: unknown, ...values: unknown[]): unknown {
      if (!operation.returnsPromise) return toRealm(realm, call(parts, this, values));
      try {
        return toRealm(realm, call(parts, this, values));
      } catch (error) {
        return realm.Promise.reject(error);
      }
    },
  };
  return asFunctionOf(realm, callable as AnyFunction, requiredCount(operation.arguments));
}

function call(parts: OperationParts, object: unknown, values: readonly unknown[]): unknown {
  const { brand, implementation, name, operation, realm } = parts;
  if (!parts.static && !brand.is(object)) throw new realm.TypeError("Illegal invocation");
  const description = `Failed to execute '${name}' on '${brand.name}'`;
  const converted = convertArguments(operation.arguments, values, { realm, description });
  return implementation.apply(object, converted);
}

/** Gives a function the `length` that IDL says and the realm's `Function.prototype`. */
export function asFunctionOf<F extends object>(
  realm: BindingRealm,
  callable: F,
  length: number,
): F {
  Object.defineProperty(callable, "length", { value: length, configurable: true });
  return Object.setPrototypeOf(callable, realm.Function.prototype) as F;
}
