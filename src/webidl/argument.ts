import { advice } from "./converter.ts";
import type { ConversionContext, Converter } from "./converter.ts";

/** One argument of an operation or constructor. */
export interface Argument<T = unknown> {
  readonly type: Converter<T>;
  readonly presence: "required" | "optional" | "overload" | "dictionary";
  readonly defaultValue?: unknown;
}

/** An argument that must be given. */
export function required<T>(type: Converter<T>): Argument<T> {
  return { type, presence: "required" };
}

/** An argument that may be left out, or be `undefined`. */
export function optional<T>(type: Converter<T>, defaultValue?: T): Argument<T> {
  return { type, presence: "optional", defaultValue };
}

/** The one argument of an overload with one more: left out, the shorter overload is meant. */
export function overload<T>(type: Converter<T>): Argument<T> {
  return { type, presence: "overload" };
}

/** A trailing dictionary argument: left out, it has its members' defaults. */
export function optionalDictionary<T>(type: Converter<T>): Argument<T> {
  return { type, presence: "dictionary" };
}

/** How many arguments must be given: the function's `length`. */
export function requiredCount(list: readonly Argument[]): number {
  return list.filter(({ presence }) => presence === "required").length;
}

/**
 * Converts the arguments of a call, in order.
 * @throws TypeError when too few are given or one can't be converted
 * @see https://webidl.spec.whatwg.org/#js-overloads
 */
export function convertArguments(
  list: readonly Argument[],
  values: readonly unknown[],
  context: ConversionContext,
): unknown[] {
  const count = requiredCount(list);
  if (values.length < count) {
    const plural = count === 1 ? "argument" : "arguments";
    throw new context.realm.TypeError(
      `${context.description}: ${count} ${plural} required, but only ${values.length} present.` +
        advice(context),
    );
  }
  const converted = list.map((argument, index) => {
    const left = argument.presence === "overload" ? index >= values.length : false;
    if (left || (argument.presence === "optional" && values[index] === undefined)) {
      return argument.defaultValue;
    }
    return argument.type(values[index], {
      realm: context.realm,
      description: `${context.description}: parameter ${index + 1}`,
      example: context.example,
    });
  });
  return converted;
}
