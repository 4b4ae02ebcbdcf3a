import type { CandidateTable, NumberColumn } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { choiceOfSize, someSizeHasRatio } from "./fit-size.ts";
import type { Requirements } from "./requirements.ts";
import type { NumberRange } from "./types.ts";

interface RangeCheck {
  readonly range: NumberRange;
  readonly rows: NumberColumn | undefined;
  readonly blocks: NumberColumn | undefined;
}

/** Tells of rows and blocks of a table whether they have a dictionary that meets requirements. */
export class RequirementCheck<Owner> {
  readonly #table: CandidateTable<Owner>;
  readonly #requirements: Requirements;
  readonly #ranges: readonly RangeCheck[];
  /** For each group of values, whether it has what is required. */
  readonly #groups: readonly boolean[];
  readonly #hasRatio: boolean;

  constructor(table: CandidateTable<Owner>, requirements: Requirements) {
    this.#table = table;
    this.#requirements = requirements;
    this.#hasRatio = requirements.numbers.has("aspectRatio");
    this.#ranges = [...requirements.numbers].flatMap(([name, range]) =>
      name === "aspectRatio"
        ? []
        : { range, rows: table.numbers.get(name), blocks: table.blockNumbers.get(name) },
    );
    this.#groups = table.valueGroups.map((values) =>
      [...requirements.values].every(([name, allowed]) =>
        values[name]?.some((value) => allowed.includes(value)),
      ),
    );
  }

  /** The first row that meets the requirements. */
  firstRow(): number | undefined {
    for (const [block, { start, end }] of this.#table.blocks.entries()) {
      if (!this.blockMayMeet(block)) continue;
      for (let row = start; row < end; row++) if (this.rowMeets(row)) return row;
    }
    return undefined;
  }

  /** False when no row of the block meets them; true says nothing yet. */
  blockMayMeet(block: number): boolean {
    if (!this.#groups[this.#table.blocks[block]?.valueGroup as number]) return false;
    for (const { range, blocks } of this.#ranges) if (!overlaps(blocks, block, range)) return false;
    return true;
  }

  /** Whether a row meets them whose block may. */
  rowMeets(row: number): boolean {
    for (const { range, rows } of this.#ranges) if (!overlaps(rows, row, range)) return false;
    return !this.#hasRatio || this.#sizeMeets(row);
  }

  #sizeMeets(row: number): boolean {
    const { family } = this.#table.candidates[row] as Candidate<Owner>;
    const choice = choiceOfSize(family, this.#requirements);
    return choice !== undefined && someSizeHasRatio(choice);
  }
}

function overlaps(
  column: NumberColumn | undefined,
  index: number,
  { min, max }: NumberRange,
): boolean {
  // NaN, a property that isn't there, fails both.
  return (
    column !== undefined &&
    min <= max &&
    (column.max[index] as number) >= min &&
    (column.min[index] as number) <= max
  );
}
