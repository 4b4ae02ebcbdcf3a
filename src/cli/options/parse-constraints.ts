import { closest, distance } from "fastest-levenshtein";

import { constrainableProperties } from "../../constraints/properties.ts";
import { mediaTrackConstraints } from "../../web/constraints/constraint-dictionaries.ts";
import { nodeIntrinsics } from "../../webidl/intrinsics.ts";
import type { MediaTrackConstraints } from "../../index.ts";
import { UsageError } from "../errors.ts";

/** The kinds of device that `devices --why` explains. */
export type ExplainedKind = "video" | "audio" | "screen";

const EXPLAINED_KINDS: readonly ExplainedKind[] = ["video", "audio", "screen"];

const PROPERTY_NAMES = constrainableProperties.map(({ name }) => name);
const BOUNDS: readonly string[] = ["min", "max", "ideal", "exact"];

/** Reads constraints that are given as JSON. @throws UsageError for any mistake in them */
export function parseConstraints(option: string, text: string): MediaTrackConstraints {
  return checkedConstraints(option, parseObject(option, text));
}

/**
 * Reads what `--why` asks: constraints of each kind, as `{"video":{…},"audio":{…}}`, or those of one
 * track. The kind of track is then the one that has these properties, or both.
 *
 * @throws UsageError for any mistake in them
 */
export function parseWhy(
  option: string,
  text: string,
): Partial<Record<ExplainedKind, MediaTrackConstraints>> {
  const value = parseObject(option, text);
  const names = Object.keys(value);
  if (names.some((name) => isKind(name))) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([kind, constraints]) => {
        if (!isKind(kind)) throw unknownName(option, kind, EXPLAINED_KINDS);
        if (constraints === false) return [];
        return [[kind, constraints === true ? {} : checkedConstraints(option, constraints)]];
      }),
    );
  }
  const constraints = checkedConstraints(option, value);
  const kinds = (["video", "audio"] as const).filter((kind) =>
    propertiesIn(constraints).every((name) => kindsOf(name).includes(kind)),
  );
  if (kinds.length === 0) {
    throw new UsageError(
      `${option}: no kind of device has all of these; write {"video":{…},"audio":{…}}`,
    );
  }
  return Object.fromEntries(kinds.map((kind) => [kind, constraints]));
}

function parseObject(option: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(
      `${option} ${text}: constraints are written as JSON, like '{"width":1280}'`,
    );
  }
  return asObject(option, value);
}

function asObject(option: string, value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(
    `${option} ${JSON.stringify(value)}: constraints are an object, like '{"width":1280}'`,
  );
}

function checkedConstraints(option: string, value: unknown): MediaTrackConstraints {
  const given = asObject(option, value);
  const context = { realm: nodeIntrinsics, description: option };
  let constraints: MediaTrackConstraints;
  try {
    constraints = mediaTrackConstraints(given, context);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  // The conversion ignores unknown names and makes numbers of words, as Web IDL has it; here both
  // are mistakes of the person who typed them.
  for (const set of [given, ...advancedSets(given)]) checkNames(option, set);
  return constraints;
}

function checkNames(option: string, set: object): void {
  for (const [name, value] of Object.entries(set)) {
    if (name === "advanced") continue;
    const property = constrainableProperties.find((known) => known.name === name);
    if (property === undefined) throw unknownName(option, name, PROPERTY_NAMES);
    const isRange = typeof value === "object" && value !== null && !Array.isArray(value);
    const members: readonly [string, unknown][] = isRange ? Object.entries(value) : [["", value]];
    for (const [member, wanted] of members) {
      if (isRange && !BOUNDS.includes(member)) throw unknownName(option, member, BOUNDS);
      if (property.type !== "value" && typeof wanted === "string") {
        throw new UsageError(`${option}: ${name} is a number, not "${wanted}"`);
      }
    }
  }
}

/** The members of `advanced`, which the conversion found to be a sequence of dictionaries. */
function advancedSets(given: object): object[] {
  const sets: unknown = Reflect.get(given, "advanced");
  return Array.isArray(sets) ? sets.filter((set) => typeof set === "object" && set !== null) : [];
}

function propertiesIn({ advanced = [], ...basic }: MediaTrackConstraints): string[] {
  return [basic, ...advanced].flatMap((set) => Object.keys(set));
}

function kindsOf(property: string): readonly ("audio" | "video")[] {
  return constrainableProperties.find(({ name }) => name === property)?.kinds ?? [];
}

function unknownName(option: string, name: string, known: readonly string[]): UsageError {
  const near = closest(name, known);
  const isNear = distance(name, near) <= Math.max(2, name.length / 3);
  const hint = isNear ? `; did you mean ${near}?` : "";
  return new UsageError(`${option}: there is no constraint ${name}${hint}`);
}

function isKind(name: string): name is ExplainedKind {
  return EXPLAINED_KINDS.some((kind) => kind === name);
}
