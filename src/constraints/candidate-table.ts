import type { Candidate, NumberProperty, SettingsFamily } from "./candidate.ts";
import { someSizeHasRatio } from "./fit-size.ts";
import { choiceOfSize } from "./size-choice.ts";
import type { ValueConstraint } from "./normalize.ts";
import type { Requirements } from "./requirements.ts";

/** One property of every candidate: row i is candidate i's range, NaN where it has none. */
export interface NumberColumn {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Candidates laid out in columns. Two hundred thousand camera modes are checked against a
 * constraint by one pass over flat numbers, without touching (or allocating) an object for each.
 */
export interface CandidateTable<Owner> {
  readonly candidates: readonly Candidate<Owner>[];
  readonly numbers: ReadonlyMap<NumberProperty, NumberColumn>;
  /** The lists of values that occur; families of one device share one. */
  readonly valueGroups: readonly SettingsFamily["values"][];
  /** For each row, its index in `valueGroups`. */
  readonly valueGroup: Uint32Array;
  /** For each row, how many owners come before its own. */
  readonly ownerRank: Uint32Array;
}

export function createCandidateTable<Owner>(
  candidates: readonly Candidate<Owner>[],
): CandidateTable<Owner> {
  const numbers = new Map<NumberProperty, NumberColumn>();
  const groupOf = new Map<SettingsFamily["values"], number>();
  const rankOf = new Map<Owner, number>();
  const valueGroup = new Uint32Array(candidates.length);
  const ownerRank = new Uint32Array(candidates.length);
  candidates.forEach(({ owner, family }, row) => {
    valueGroup[row] = indexIn(groupOf, family.values);
    ownerRank[row] = indexIn(rankOf, owner);
    for (const name in family.numbers) {
      const range = family.numbers[name as NumberProperty];
      if (!range) continue;
      const column = columnIn(numbers, name as NumberProperty, candidates.length);
      column.min[row] = range.min;
      column.max[row] = range.max;
    }
  });
  return { candidates, numbers, valueGroups: [...groupOf.keys()], valueGroup, ownerRank };
}

function indexIn<Key>(indexOf: Map<Key, number>, key: Key): number {
  const known = indexOf.get(key);
  if (known !== undefined) return known;
  indexOf.set(key, indexOf.size);
  return indexOf.size - 1;
}

function columnIn(
  columns: Map<NumberProperty, NumberColumn>,
  name: NumberProperty,
  length: number,
): NumberColumn {
  let column = columns.get(name);
  if (!column) {
    column = {
      min: new Float64Array(length).fill(NaN),
      max: new Float64Array(length).fill(NaN),
    };
    columns.set(name, column);
  }
  return column;
}

/** For each row, 1 while some dictionary of its family may still be selected. */
export type AliveRows = Uint8Array;

/**
 * Clears the rows of which no dictionary meets `requirements`. Only the properties in `changed`
 * are looked at; the others are known to hold for the rows alive.
 */
export function keepSatisfying<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  requirements: Requirements,
  changed: Requirements = requirements,
): void {
  for (const name of changed.values.keys()) {
    keepWithValue(table, alive, name, requirements.values.get(name) ?? []);
  }
  for (const name of changed.numbers.keys()) {
    const range = requirements.numbers.get(name);
    if (range && name !== "aspectRatio") {
      keepInRange(table.numbers.get(name), alive, range.min, range.max);
    }
  }
  const ratio = requirements.numbers.get("aspectRatio");
  if (ratio && steersSize(changed)) keepWithRatio(table, alive, requirements);
}

function steersSize({ numbers }: Requirements): boolean {
  return numbers.has("aspectRatio") || numbers.has("width") || numbers.has("height");
}

function keepInRange(
  column: NumberColumn | undefined,
  alive: AliveRows,
  min: number,
  max: number,
): void {
  if (!column || !(min <= max)) {
    alive.fill(0);
    return;
  }
  const mins = column.min;
  const maxs = column.max;
  for (let row = 0; row < alive.length; row++) {
    // NaN, a property that the family has not, fails both.
    if (!((maxs[row] as number) >= min && (mins[row] as number) <= max)) alive[row] = 0;
  }
}

function keepWithValue<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  name: ValueConstraint["name"],
  allowed: readonly (string | boolean)[],
): void {
  const fits = table.valueGroups.map(
    (values) => values[name]?.some((value) => allowed.includes(value)) ?? false,
  );
  for (let row = 0; row < alive.length; row++) {
    if (!fits[table.valueGroup[row] as number]) alive[row] = 0;
  }
}

function keepWithRatio<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  requirements: Requirements,
): void {
  for (let row = 0; row < alive.length; row++) {
    if (!alive[row]) continue;
    const choice = choiceOfSize((table.candidates[row] as Candidate<Owner>).family, requirements);
    if (!choice || !someSizeHasRatio(choice)) alive[row] = 0;
  }
}
