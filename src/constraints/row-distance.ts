import type { CandidateTable, NumberColumn } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { fitSize, idealSize, preferredSize, type IdealSize } from "./fit-size.ts";
import { nearestNumber } from "./nearest-number.ts";
import type { NormalizedConstraintSet, ValueConstraint } from "./normalize.ts";
import { numberDistance } from "./number-distance.ts";
import type { Requirements } from "./requirements.ts";
import { choiceOfSize } from "./size-choice.ts";

interface NumberTerm {
  readonly isSize: boolean;
  readonly ideal: number | undefined;
  /** What is required of the number. */
  readonly min: number;
  readonly max: number;
  readonly rows: NumberColumn | undefined;
  readonly owners: NumberColumn | undefined;
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
        owners: table.ownerNumbers.get(column),
      };
    });
    this.#sizeConstraints = this.#terms.filter(({ isSize }) => isSize).length;
  }

  /** A distance that no row of the owner goes below. */
  ownerAtLeast(owner: number): number {
    let groups = Infinity;
    for (const group of this.#table.owners[owner]?.valueGroups ?? []) {
      groups = Math.min(groups, this.#groups[group] as number);
    }
    let sum = groups;
    for (const term of this.#terms) sum += termDistance(term, term.owners, owner);
    return sum;
  }

  /** The row's distance; or, once it is sure to be beyond `limit`, any number beyond it. */
  ofRow(row: number, limit: number): number {
    let sum = this.#groups[this.#table.valueGroup[row] as number] as number;
    let sizes = 0;
    for (const term of this.#terms) {
      const distance = termDistance(term, term.rows, row);
      if (this.#ratioMatters && term.isSize) sizes += distance;
      else sum += distance;
    }
    if (!this.#ratioMatters || sum + sizes > limit) return sum + sizes;
    return sum + this.#sizeDistance(row);
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

function termDistance(
  { ideal, min, max }: NumberTerm,
  column: NumberColumn | undefined,
  index: number,
): number {
  if (!column) return 1;
  const low = Math.max(column.min[index] as number, min);
  const high = Math.min(column.max[index] as number, max);
  if (Number.isNaN(low)) return 1;
  if (ideal === undefined || (low <= ideal && ideal <= high)) return 0;
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
