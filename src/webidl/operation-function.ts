import { convertArguments, requiredCount } from "./argument.ts";
import type { Brand } from "./brand.ts";
import type { OperationDefinition } from "./interface-definition.ts";
import type { BindingRealm } from "./intrinsics.ts";
import { toRealm } from "./to-realm.ts";

export type Method = (this: unknown, ...values: unknown[]) => unknown;

export interface OperationParts {
  readonly name: string;
  readonly brand: Brand<unknown, object>;
  readonly operation: OperationDefinition;
  /** The class's method: receives converted values, and a static one the realm after them. */
  readonly implementation: Method;
  readonly realm: BindingRealm;
  /** An operation of the constructor, which doesn't look at `this`. */
  readonly isStatic?: boolean;
}

/**
 * The function object of an operation: checks `this`, counts and converts arguments, and turns any
 * failure of a promise-returning operation into a rejection.
 *
 * @see https://webidl.spec.whatwg.org/#dfn-create-operation-function
 */
export function operationFunction(parts: OperationParts): Method {
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
  return asFunctionOf(realm, callable as Method, requiredCount(operation.arguments));
}

function call(parts: OperationParts, object: unknown, values: readonly unknown[]): unknown {
  const { brand, implementation, name, operation, realm } = parts;
  if (!parts.isStatic && !brand.is(object)) {
    throw new realm.TypeError(
      `Illegal invocation: '${name}' is called on no ${brand.name}; call it as its method, or bind it`,
    );
  }
  const description = `Failed to execute '${name}' on '${brand.name}'`;
  const { example } = operation;
  const converted = convertArguments(operation.arguments, values, { realm, description, example });
  if (parts.isStatic) return implementation.call(object, ...converted, realm);
  return implementation.apply(object, converted);
}

/**
 * Gives a function the `length` that IDL says and the realm's `Function.prototype`. Most have both
 * as they are written, and defining them again is what an import would spend its time on.
 */
export function asFunctionOf<F extends { readonly length: number }>(
  { Function: { prototype } }: BindingRealm,
  callable: F,
  length: number,
): F {
  if (callable.length !== length) {
    Object.defineProperty(callable, "length", { value: length, configurable: true });
  }
  if (Object.getPrototypeOf(callable) !== prototype) Object.setPrototypeOf(callable, prototype);
  return callable;
}
