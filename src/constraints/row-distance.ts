import type { CandidateTable, NumberColumn } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { choiceOfSize, fitSize, idealSize, preferredSize } from "./fit-size.ts";
import type { IdealSize } from "./fit-size.ts";
import { nearestNumber, numberDistance } from "./distance.ts";
import type { NormalizedConstraintSet, ValueConstraint } from "./normalize.ts";
import type { Requirements } from "./requirements.ts";

interface NearWindow {
  readonly rows: NumberColumn;
  readonly atLeast: number;
  readonly atMost: number;
}

const SLACK = 1e-9;

interface NumberTerm {
  readonly isSize: boolean;
  readonly ideal: number | undefined;
  /** What is required of the number. */
  readonly min: number;
  readonly max: number;
  readonly rows: NumberColumn | undefined;
  readonly blocks: NumberColumn | undefined;
}

/**
 * The least fitness distance from the basic set that a dictionary of a row has, for rows that meet
 * the requirements. Properties are independent of each other, so each is at its best; but for
 * width, height and aspectRatio, of which two decide the third.
 */
export class RowDistance<Owner> {
  readonly #table: CandidateTable<Owner>;
  readonly #requirements: Requirements;
  readonly #terms: readonly NumberTerm[];
  /** The distance of each group of values. */
  readonly #groups: readonly number[];
  readonly #ideal: IdealSize;
  readonly #ratioMatters: boolean;
  readonly #sizeConstraints: number;

  constructor(
    table: CandidateTable<Owner>,
    requirements: Requirements,
    basic: NormalizedConstraintSet,
  ) {
    this.#table = table;
    this.#requirements = requirements;
    this.#ideal = idealSize(basic);
    this.#ratioMatters = requirements.numbers.has("aspectRatio") || this.#ideal.ratio !== undefined;
    this.#groups = table.valueGroups.map((values) =>
      basic.values.reduce((sum, wish) => sum + valueDistance(values, requirements, wish), 0),
    );
    this.#terms = basic.numbers.map(({ name, ideal }) => {
      // An aspectRatio is where a size is; how far it is off, only a size can tell.
      const column = name === "aspectRatio" ? "width" : name;
      const required = requirements.numbers.get(column);
      return {
        isSize: name === "width" || name === "height" || name === "aspectRatio",
        ideal: name === "aspectRatio" ? undefined : ideal,
        min: required?.min ?? -Infinity,
        max: required?.max ?? Infinity,
        rows: table.numbers.get(column),
        blocks: table.blockNumbers.get(column),
      };
    });
    this.#sizeConstraints = this.#terms.filter(({ isSize }) => isSize).length;
  }

  /** A distance that no row of the block goes below. */
  blockAtLeast(block: number): number {
    let sum = this.#groupDistance(block);
    for (const term of this.#terms) sum += termDistance(term, term.blocks, block);
    return sum;
  }

  /** The first row from `row` on, within a block, that isn't sure to be farther than `limit`; or the end. */
  nextWithin(limit: number, row: number, end: number, block: number): number {
    const terms = this.#terms;
    const group = this.#groupDistance(block);
    // Most rows are too far by their first number alone, which two comparisons tell.
    const near = nearWindow(terms[0], limit - group);
    for (let at = row; at < end; at++) {
      if (near) at = firstNear(near, at, end);
      if (at === end) break;
      let sum = group;
      for (let index = 0; index < terms.length && sum <= limit; index++) {
        const term = terms[index] as NumberTerm;
        sum += termDistance(term, term.rows, at);
      }
      if (sum <= limit) return at;
    }
    return end;
  }

  /** The row's distance. */
  ofRow(row: number, block: number): number {
    let sum = this.#groupDistance(block);
    for (const term of this.#terms) {
      if (!this.#ratioMatters || !term.isSize) sum += termDistance(term, term.rows, row);
    }
    return this.#ratioMatters ? sum + this.#sizeDistance(row) : sum;
  }

  #groupDistance(block: number): number {
    return this.#groups[this.#table.blocks[block]?.valueGroup as number] as number;
  }

  #sizeDistance(row: number): number {
    const { family } = this.#table.candidates[row] as Candidate<Owner>;
    const choice = choiceOfSize(family, this.#requirements);
    if (!choice) return this.#sizeConstraints;
    const native = { width: choice.width.max, height: choice.height.max };
    const fitted = fitSize(choice, this.#ideal, preferredSize(choice, this.#ideal, native));
    return fitted?.distance ?? Infinity;
  }
}

/** Where the ranges lie that a term can be within `limit` of; undefined where any can. */
function nearWindow(term: NumberTerm | undefined, limit: number): NearWindow | undefined {
  if (term?.rows === undefined || term.ideal === undefined) return undefined;
  // A little wider, since it is told exactly after.
  const nearness = 1 - limit - SLACK;
  if (!(term.ideal > 0 && nearness > 0)) return undefined;
  return { rows: term.rows, atLeast: term.ideal * nearness, atMost: term.ideal / nearness };
}

/** The first row from `row` on whose range reaches into the window; or the end. */
function firstNear({ rows, atLeast, atMost }: NearWindow, row: number, end: number): number {
  const { max, min } = rows;
  let at = row;
  while (at < end && !((max[at] as number) >= atLeast && (min[at] as number) <= atMost)) at += 1;
  return at;
}

function termDistance(term: NumberTerm, column: NumberColumn | undefined, index: number): number {
  if (!column) return 1;
  let low = column.min[index] as number;
  // NaN, where the property isn't there.
  if (low !== low) return 1;
  const { ideal } = term;
  if (ideal === undefined) return 0;
  let high = column.max[index] as number;
  if (low < term.min) low = term.min;
  if (high > term.max) high = term.max;
  if (low <= ideal && ideal <= high) return 0;
  if (ideal > 0) return ideal > high ? (ideal - high) / ideal : (low - ideal) / low;
  return numberDistance(nearestNumber(low, high, ideal, low), ideal);
}

function valueDistance(
  values: CandidateTable<unknown>["valueGroups"][number],
  requirements: Requirements,
  { name, ideal }: ValueConstraint,
): number {
  const exact = requirements.values.get(name);
  const allowed = values[name]?.filter((value) => exact?.includes(value) ?? true) ?? [];
  if (allowed.length === 0) return 1;
  return !ideal || allowed.some((value) => ideal.includes(value)) ? 0 : 1;
}
