/**
 * SelectSettings as the spec's steps say it, word by word, over every settings dictionary. Written
 * apart from `src/constraints/`: only the types are shared.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings
 */
import type { Candidate, SettingsFamily } from "../../../src/constraints/candidate.ts";
import type {
  MediaTrackConstraints,
  MediaTrackConstraintSet,
  MediaTrackSettings,
} from "../../../src/constraints/types.ts";

type Dictionary = Record<string, unknown>;
type Bare = "ideal" | "exact";

export interface Entry<Owner> {
  readonly candidate: Candidate<Owner>;
  readonly settings: MediaTrackSettings;
}

export interface ModelResult<Owner> {
  /** The dictionaries that are left after the advanced sets. */
  readonly left: readonly Entry<Owner>[];
  readonly leastDistance: number;
  /** The required constraints that no dictionary meets. */
  readonly impossible: ReadonlySet<string>;
}

/** All dictionaries of a family whose frame rates and the like are whole numbers. */
export function enumerate(family: SettingsFamily): MediaTrackSettings[] {
  let dictionaries: Dictionary[] = [{}];
  const multiply = (name: string, values: readonly unknown[]): void => {
    if (values.length === 0) return;
    dictionaries = dictionaries.flatMap((dictionary) =>
      values.map((value) => ({ ...dictionary, [name]: value })),
    );
  };
  for (const [name, range] of Object.entries(family.numbers)) {
    const steps = Array.from({ length: range.max - range.min + 1 }, (_, i) => range.min + i);
    multiply(name, steps);
  }
  for (const [name, values] of Object.entries(family.values)) multiply(name, values);
  for (const dictionary of dictionaries) {
    const { width, height } = dictionary as MediaTrackSettings;
    if (width !== undefined && height !== undefined) dictionary["aspectRatio"] = width / height;
  }
  return dictionaries as MediaTrackSettings[];
}

export function selectSlowly<Owner>(
  entries: readonly Entry<Owner>[],
  constraints: MediaTrackConstraints,
): ModelResult<Owner> {
  const { advanced = [], ...basic } = constraints;
  let left = entries.filter(({ settings }) => distance(settings, basic, "ideal") < Infinity);
  for (const set of advanced) {
    const satisfying = left.filter(({ settings }) => distance(settings, set, "exact") < Infinity);
    if (satisfying.length > 0) left = satisfying;
  }
  const leastDistance = Math.min(...left.map(({ settings }) => distance(settings, basic, "ideal")));
  const impossible = new Set(
    Object.entries(basic)
      .filter(([name, constraint]) =>
        entries.every(
          ({ settings }) => distance(settings, { [name]: constraint }, "ideal") === Infinity,
        ),
      )
      .map(([name]) => name),
  );
  return { left, leastDistance, impossible };
}

export function distance(
  settings: MediaTrackSettings,
  set: MediaTrackConstraintSet,
  bare: Bare,
): number {
  return Object.entries(set)
    .map(([name, constraint]) => term(settings, name, constraint, bare))
    .reduce((sum, value) => sum + value, 0);
}

function term(settings: MediaTrackSettings, name: string, constraint: unknown, bare: Bare): number {
  if (name === "zoom" && typeof constraint === "boolean") {
    if (!constraint || "zoom" in settings) return 0;
    return bare === "exact" ? Infinity : 1;
  }
  const isBare = typeof constraint !== "object" || Array.isArray(constraint);
  const members = Object.entries(
    isBare ? { [bare]: constraint } : (constraint as Dictionary),
  ).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  const wasEmptyList =
    members.length === 0 && (isBare || Object.keys(constraint as object).length > 0);
  if (wasEmptyList) return 0;
  const actual = (settings as Dictionary)[name];
  const required = members.filter(([member]) => member !== "ideal");
  if (required.some(([member, value]) => !meets(settings, name, member, value))) return Infinity;
  // A range without a number is met by nothing, rounding or not.
  const {
    min = -Infinity,
    max = Infinity,
    exact,
  } = Object.fromEntries(members) as Record<string, number>;
  if ((exact ?? max) < (exact ?? min) || (exact ?? min) < min || (exact ?? max) > max) {
    return Infinity;
  }
  if (actual === undefined) return 1;
  const ideal = members.find(([member]) => member === "ideal")?.[1];
  if (ideal === undefined) return 0;
  if (typeof ideal === "number" && typeof actual === "number") {
    if (name === "aspectRatio" && roundsTo(settings, ideal)) return 0;
    return actual === ideal
      ? 0
      : Math.abs(actual - ideal) / Math.max(Math.abs(actual), Math.abs(ideal));
  }
  return equals(actual, ideal) ? 0 : 1;
}

function meets(
  settings: MediaTrackSettings,
  name: string,
  member: string,
  value: unknown,
): boolean {
  const actual = (settings as Dictionary)[name];
  if (actual === undefined) return false;
  if (typeof actual !== "number" || typeof value !== "number") return equals(actual, value);
  if (name === "aspectRatio" && roundsTo(settings, value)) return true;
  if (member === "min") return actual >= value;
  if (member === "max") return actual <= value;
  return actual === value;
}

function equals(actual: unknown, value: unknown): boolean {
  return Array.isArray(value) ? value.includes(actual) : actual === value;
}

/** One side is the other times the ratio, to the nearest pixel. */
function roundsTo({ width = 0, height = 0 }: MediaTrackSettings, ratio: number): boolean {
  const byWidth = width >= ratio * height - 0.5 && width <= ratio * height + 0.5;
  const byHeight = width >= ratio * (height - 0.5) && width <= ratio * (height + 0.5);
  return byWidth || byHeight;
}
