import { conversionError } from "./converter.ts";
import type { Converter } from "./converter.ts";
import { isObject, iteratorMethod, sequenceFrom } from "./types.ts";

/** The member types of a union, at most one of each class (the spec's distinguishability). */
interface UnionMembers<I, S, D, B, N, T> {
  readonly name: string;
  readonly interface?: { is(value: unknown): value is I };
  /** The type of the elements. */
  readonly sequence?: Converter<S>;
  readonly dictionary?: Converter<D>;
  readonly boolean?: Converter<B>;
  readonly numeric?: Converter<N>;
  readonly string?: Converter<T>;
}

/**
 * Converts to the member type that the value's class asks for.
 * @see https://webidl.spec.whatwg.org/#js-union
 */
export function union<I = never, S = never, D = never, B = never, N = never, T = never>(
  members: UnionMembers<I, S, D, B, N, T>,
): Converter<I | ([S] extends [never] ? never : S[]) | D | B | N | T> {
  const convert: Converter<I | S[] | D | B | N | T> = (value, context) => {
    if (value == null && members.dictionary) return members.dictionary(value, context);
    if (members.interface?.is(value)) return value;
    if (isObject(value)) {
      const method = members.sequence && iteratorMethod(value, context);
      if (members.sequence && method) return sequenceFrom(value, method, members.sequence, context);
      if (members.dictionary) return members.dictionary(value, context);
    }
    const converter = primitiveMember(typeof value, members);
    if (converter) return converter(value, context);
    throw conversionError(context, `is not of type '${members.name}'`);
  };
  return convert as Converter<I | ([S] extends [never] ? never : S[]) | D | B | N | T>;
}

function primitiveMember<B, N, T>(
  type: string,
  members: UnionMembers<unknown, unknown, unknown, B, N, T>,
): Converter<B | N | T> | undefined {
  if (type === "boolean" && members.boolean) return members.boolean;
  if (type === "number" && members.numeric) return members.numeric;
  return members.string ?? members.numeric ?? members.boolean;
}
