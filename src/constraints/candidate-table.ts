import type { Candidate, NumberProperty, SettingsFamily } from "./candidate.ts";
import { groupByOwner } from "./group-by-owner.ts";

/** One property of every row: a range each, NaN where there is none. */
export interface NumberColumn {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export type NumberColumns = ReadonlyMap<NumberProperty, NumberColumn>;

/** The rows of one owner, `start` to `end - 1`. */
export interface OwnerRows {
  readonly start: number;
  readonly end: number;
  /** Indices into `valueGroups`. */
  readonly valueGroups: readonly number[];
}

/**
 * Candidates laid out in columns, owner by owner. Two hundred thousand camera modes are searched
 * over flat numbers, without touching (or allocating) an object for each; and an owner whose
 * ranges together can't win isn't looked into at all.
 */
export interface CandidateTable<Owner> {
  /** Row by row; the rows of an owner stand together, owners in the order of their first row. */
  readonly candidates: readonly Candidate<Owner>[];
  readonly owners: readonly OwnerRows[];
  readonly numbers: NumberColumns;
  /** A row for each owner: from the least minimum to the greatest maximum of its rows. */
  readonly ownerNumbers: NumberColumns;
  /** The lists of values that occur; families of one device share one. */
  readonly valueGroups: readonly SettingsFamily["values"][];
  /** For each row, its index in `valueGroups`. */
  readonly valueGroup: Uint32Array;
}

export function createCandidateTable<Owner>(
  unordered: readonly Candidate<Owner>[],
): CandidateTable<Owner> {
  const groups = groupByOwner(unordered);
  const candidates = groups.flat();
  const groupOf = new Map<SettingsFamily["values"], number>();
  const valueGroup = Uint32Array.from(candidates, ({ family }) => indexIn(groupOf, family.values));
  let end = 0;
  const owners = groups.map(({ length }) => {
    const start = end;
    end += length;
    return { start, end, valueGroups: [...new Set(valueGroup.subarray(start, end))] };
  });
  const numbers = numberColumns(candidates);
  return {
    candidates,
    owners,
    numbers,
    ownerNumbers: unitedColumns(numbers, owners),
    valueGroups: [...groupOf.keys()],
    valueGroup,
  };
}

function indexIn<Key>(indexOf: Map<Key, number>, key: Key): number {
  const known = indexOf.get(key);
  if (known !== undefined) return known;
  indexOf.set(key, indexOf.size);
  return indexOf.size - 1;
}

function emptyColumn(length: number): NumberColumn {
  return { min: new Float64Array(length).fill(NaN), max: new Float64Array(length).fill(NaN) };
}

function numberColumns<Owner>(candidates: readonly Candidate<Owner>[]): NumberColumns {
  const columns = new Map<NumberProperty, NumberColumn>();
  candidates.forEach(({ family }, row) => {
    for (const key in family.numbers) {
      const name = key as NumberProperty;
      const range = family.numbers[name];
      if (!range) continue;
      const column = columns.get(name) ?? emptyColumn(candidates.length);
      columns.set(name, column);
      column.min[row] = range.min;
      column.max[row] = range.max;
    }
  });
  return columns;
}

function unitedColumns(columns: NumberColumns, owners: readonly OwnerRows[]): NumberColumns {
  const united = new Map<NumberProperty, NumberColumn>();
  for (const [name, { min, max }] of columns) {
    const column = emptyColumn(owners.length);
    owners.forEach(({ start, end }, owner) => {
      for (let row = start; row < end; row++) {
        const low = min[row] as number;
        const high = max[row] as number;
        if (Number.isNaN(low)) continue;
        if (!((column.min[owner] as number) <= low)) column.min[owner] = low;
        if (!((column.max[owner] as number) >= high)) column.max[owner] = high;
      }
    });
    united.set(name, column);
  }
  return united;
}
