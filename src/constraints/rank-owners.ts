import { ROUNDING } from "./best-row.ts";
import type { Candidate } from "./candidate.ts";
import { groupByOwner } from "./candidate.ts";
import { selectSettings, type Selection } from "./select-settings.ts";
import type { MediaTrackConstraints, MediaTrackSettings } from "./types.ts";

/** An owner (a device), what it can do, and the settings it would have. */
export interface RankedOwner<Owner> {
  readonly owner: Owner;
  readonly candidates: readonly Candidate<Owner>[];
  /** `undefined` for one that doesn't meet the required constraints. */
  readonly settings: MediaTrackSettings | undefined;
}

interface Entry<Owner> extends RankedOwner<Owner> {
  readonly selection: Selection<Owner> | undefined;
}

/**
 * Orders owners by how near they come to the constraints; those that don't meet them stand last.
 *
 * The first owner, and its settings, are what {@link selectSettings} selects of all candidates. The
 * same holds for whatever owners are left when others are taken out, so one ranking serves a call
 * in which devices are denied, or fail to open. For that, an owner comes before another that keeps
 * fewer of the earlier advanced sets, and then the one with the least fitness distance.
 */
export function rankOwners<Owner>(
  candidates: readonly Candidate<Owner>[],
  constraints: MediaTrackConstraints,
): RankedOwner<Owner>[] {
  const entries = groupByOwner(candidates).map((own): Entry<Owner> => {
    const result = selectSettings(own, constraints);
    const selection = "settings" in result ? result : undefined;
    const { owner } = own[0] as Candidate<Owner>;
    return { owner, candidates: own, settings: selection?.settings, selection };
  });
  const sorted = entries.toSorted((one, other) => compare(one.selection, other.selection));
  return firstAmongEquals(entries, sorted);
}

function compare<Owner>(
  one: Selection<Owner> | undefined,
  other: Selection<Owner> | undefined,
): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return compareKeptSets(one.keptSets, other.keptSets) || one.distance - other.distance;
}

/** Negative where the first keeps the earliest set that only one of the two keeps. */
function compareKeptSets(one: readonly number[], other: readonly number[]): number {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const difference = (one[index] ?? Infinity) - (other[index] ?? Infinity);
    // Two that have no more sets are equal: the difference of their infinities is NaN.
    if (difference < 0 || difference > 0) return difference;
  }
  return 0;
}

/** Puts owners back in their own order whose distances differ by no more than rounding. */
function firstAmongEquals<Owner>(
  original: readonly Entry<Owner>[],
  sorted: readonly Entry<Owner>[],
): Entry<Owner>[] {
  const places = new Map(original.map((entry, place) => [entry, place]));
  const placeOf = (entry: Entry<Owner>): number => places.get(entry) ?? 0;
  const ranked: Entry<Owner>[] = [];
  let equals: Entry<Owner>[] = [];
  for (const entry of sorted) {
    if (!isEqual(equals[0]?.selection, entry.selection)) {
      ranked.push(...equals.toSorted((one, other) => placeOf(one) - placeOf(other)));
      equals = [];
    }
    equals.push(entry);
  }
  return [...ranked, ...equals.toSorted((one, other) => placeOf(one) - placeOf(other))];
}

function isEqual<Owner>(
  one: Selection<Owner> | undefined,
  other: Selection<Owner> | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (compareKeptSets(one.keptSets, other.keptSets) !== 0) return false;
  return Math.abs(one.distance - other.distance) <= ROUNDING;
}
