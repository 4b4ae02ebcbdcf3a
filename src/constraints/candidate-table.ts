import type { Candidate, NumberProperty, SettingsFamily } from "./candidate.ts";
import { groupByOwner } from "./candidate.ts";

/** One property of every row: a range each, NaN where there is none. */
export interface NumberColumn {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export type NumberColumns = ReadonlyMap<NumberProperty, NumberColumn>;

/** Rows of one owner, `start` to `end - 1`, that have their values in common. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** Counts owners in the order of their first row. */
  readonly owner: number;
  /** Index into `valueGroups`. */
  readonly valueGroup: number;
}

/**
 * Candidates laid out in columns, owner by owner. Two hundred thousand camera modes are searched
 * over flat numbers, without touching (or allocating) an object for each; and a block whose
 * ranges together can't win isn't looked into at all.
 */
export interface CandidateTable<Owner> {
  /** Row by row; the rows of an owner stand together, owners in the order of their first row. */
  readonly candidates: readonly Candidate<Owner>[];
  readonly blocks: readonly Block[];
  readonly numbers: NumberColumns;
  /** A row for each block: from the least minimum to the greatest maximum of its rows. */
  readonly blockNumbers: NumberColumns;
  /** The lists of values that occur; families of one device share one. */
  readonly valueGroups: readonly SettingsFamily["values"][];
}

export function createCandidateTable<Owner>(
  unordered: readonly Candidate<Owner>[],
): CandidateTable<Owner> {
  const groups = groupByOwner(unordered);
  const candidates = groups.flat();
  const groupOf = new Map<SettingsFamily["values"], number>();
  const blocks: Block[] = [];
  let row = 0;
  for (const [owner, group] of groups.entries()) {
    for (const { family } of group) {
      const valueGroup = indexIn(groupOf, family.values);
      const last = blocks.at(-1);
      const start = last?.owner === owner && last.valueGroup === valueGroup ? last.start : row;
      if (start < row) blocks.pop();
      row += 1;
      blocks.push({ start, end: row, owner, valueGroup });
    }
  }
  const numbers = numberColumns(candidates);
  return {
    candidates,
    blocks,
    numbers,
    blockNumbers: unitedColumns(numbers, blocks),
    valueGroups: [...groupOf.keys()],
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

function unitedColumns(columns: NumberColumns, blocks: readonly Block[]): NumberColumns {
  const united = new Map<NumberProperty, NumberColumn>();
  for (const [name, { min, max }] of columns) {
    const column = emptyColumn(blocks.length);
    blocks.forEach(({ start, end }, block) => {
      for (let row = start; row < end; row++) {
        const low = min[row] as number;
        const high = max[row] as number;
        if (Number.isNaN(low)) continue;
        if (!((column.min[block] as number) <= low)) column.min[block] = low;
        if (!((column.max[block] as number) >= high)) column.max[block] = high;
      }
    });
    united.set(name, column);
  }
  return united;
}
