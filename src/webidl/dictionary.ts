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

type Entry = readonly [string, Member<unknown>];

export interface DictionaryConverter<T extends object> extends Converter<T> {
  /** Those of the dictionaries that it inherits from first, then its own in their order. */
  members(): readonly Entry[];
}

/** What dictionaries were converted from, and the members that they can have. */
const origins = new WeakMap<object, { readonly given: object; members(): readonly Entry[] }>();

/** The names that an object had beside the members of the dictionary that it was converted to. */
export function ignoredMembers(converted: object): string[] {
  const origin = origins.get(converted);
  if (origin === undefined) return [];
  const known = new Set(origin.members().map(([name]) => name));
  return Object.keys(origin.given).filter((name) => !known.has(name));
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
  let ordered: readonly Entry[] | undefined;
  // Put in order when one is converted: no program converts all that are defined by importing us.
  const inOrder = (): readonly Entry[] =>
    (ordered ??= [...(parent?.members() ?? []), ...sortedEntries(members)]);
  const convert = (value: unknown, context: ConversionContext): T => {
    if (value != null && typeof value !== "object" && typeof value !== "function") {
      throw conversionError(context, `is not of type '${name}'`);
    }
    const result: Record<string, unknown> = {};
    for (const [key, member] of inOrder()) {
      const given = value == null ? undefined : (value as Record<string, unknown>)[key];
      readMember({ key, member, given, context, result });
    }
    if (value != null) origins.set(result, { given: value, members: inOrder });
    return result as T;
  };
  return Object.assign(convert, { members: inOrder });
}

function sortedEntries(members: object): Entry[] {
  return Object.entries(members)
    .map(([key, member]): Entry => [key, asMember(member)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
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
