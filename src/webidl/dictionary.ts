import { conversionError, within } from "./converter.ts";
import type { ConversionContext, Converter } from "./converter.ts";

/** A dictionary member: its type, and what stands in where it isn't given. */
export interface Member<T> {
  readonly type: Converter<T>;
  readonly required?: true;
  readonly defaultValue?: () => T;
}

/** One entry for each member of `T`, a bare converter being an optional member. */
export type Members<T extends object> = {
  readonly [Name in keyof T]-?: Converter<Exclude<T[Name], undefined>> | Member<T[Name]>;
};

export interface DictionaryConverter<T extends object> extends Converter<T> {
  /** Its own members, and those of the dictionaries that it inherits from, first. */
  readonly levels: readonly (readonly (readonly [string, Member<unknown>])[])[];
}

/**
 * Converts to a dictionary: members are read in lexicographic order, inherited ones first, and what
 * isn't a member is ignored.
 *
 * @see https://webidl.spec.whatwg.org/#js-dictionary
 */
export function dictionary<T extends object, Parent extends object = object>(
  name: string,
  members: Members<Omit<T, keyof Parent>>,
  parent?: DictionaryConverter<Parent>,
): DictionaryConverter<T> {
  const own = Object.entries(members)
    .map(([key, member]) => [key, asMember(member)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const levels = [...(parent?.levels ?? []), own];
  const convert = (value: unknown, context: ConversionContext): T => {
    if (value != null && typeof value !== "object" && typeof value !== "function") {
      throw conversionError(context, `is not of type '${name}'`);
    }
    const result: Record<string, unknown> = {};
    for (const [key, member] of levels.flat()) {
      const given = value == null ? undefined : (value as Record<string, unknown>)[key];
      readMember({ key, member, given, context, result });
    }
    return result as T;
  };
  return Object.assign(convert, { levels });
}

function asMember(member: unknown): Member<unknown> {
  return typeof member === "function"
    ? { type: member as Converter<unknown> }
    : (member as Member<unknown>);
}

function readMember(step: {
  key: string;
  member: Member<unknown>;
  given: unknown;
  context: ConversionContext;
  result: Record<string, unknown>;
}): void {
  const { key, member, given, context, result } = step;
  if (given !== undefined) result[key] = member.type(given, within(context, `'${key}' member`));
  else if (member.defaultValue) result[key] = member.defaultValue();
  else if (member.required) throw conversionError(context, `has no required member '${key}'`);
}
