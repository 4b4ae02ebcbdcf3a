import type { Brand } from "./brand.ts";
import { conversionError, within } from "./converter.ts";
import type { ConversionContext, Converter } from "./converter.ts";

/** An interface type. */
export function interfaceType<Instance extends object>(
  brand: Brand<unknown, Instance>,
): Converter<Instance> {
  return (value, context) => {
    if (brand.is(value)) return value;
    throw conversionError(context, `is not of type '${brand.name}': it is ${nameOf(value)}`);
  };
}

/** What a value of a wrong type is, for a message. */
export function nameOf(value: unknown): string {
  if (!isObject(value)) return String(value);
  if (value instanceof Promise) return "a Promise, which is to be awaited";
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return `${/^[aeiou]/iu.test(tag) ? "an" : "a"} ${tag}`;
}

/** `T?` */
export function nullable<T>(type: Converter<T>): Converter<T | null> {
  return (value, context) => (value == null ? null : type(value, context));
}

/** A callback function type. */
export function callbackFunction<F extends (...args: never[]) => unknown>(): Converter<F> {
  return (value, context) => {
    if (typeof value === "function") return value as F;
    throw conversionError(context, "is not a function");
  };
}

/** An enumeration. */
export function enumeration<const Value extends string>(
  name: string,
  values: readonly Value[],
): Converter<Value> {
  return (value, context) => {
    const string = context.realm.String(value);
    const found = values.find((candidate) => candidate === string);
    if (found !== undefined) return found;
    throw conversionError(
      context,
      `is '${string}', which is not a valid value of ${name}: ${values.join(", ")}`,
    );
  };
}

/**
 * `sequence<T>`
 * @see https://webidl.spec.whatwg.org/#js-sequence
 */
export function sequence<T>(type: Converter<T>): Converter<T[]> {
  return (value, context) => {
    const method = isObject(value) ? iteratorMethod(value, context) : undefined;
    if (method === undefined) throw conversionError(context, "is not iterable");
    return sequenceFrom(value, method, type, context);
  };
}

/** Each element of what the `@@iterator` method gives, converted. */
export function sequenceFrom<T>(
  value: unknown,
  method: () => Iterator<unknown>,
  type: Converter<T>,
  context: ConversionContext,
): T[] {
  const iterable = { [Symbol.iterator]: () => method.call(value) };
  return Array.from(iterable, (element, index) =>
    type(element, within(context, `element ${index}`)),
  );
}

/** The object's `@@iterator` method, read once. */
export function iteratorMethod(
  value: object,
  context: ConversionContext,
): (() => Iterator<unknown>) | undefined {
  const method = (value as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (method == null) return undefined;
  if (typeof method === "function") return method as () => Iterator<unknown>;
  throw conversionError(context, "has an iterator that is not a function");
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
