import { keepSatisfying, type CandidateTable } from "./candidate-table.ts";
import { constrainableProperties } from "./properties.ts";
import { narrowRequirements, noRequirements } from "./requirements.ts";
import type { NormalizedConstraintSet } from "./normalize.ts";

/**
 * The first required constraint whose fitness distance is infinite for every settings dictionary,
 * or "" where each one could be met by some dictionary, but not all by the same.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-applyconstraints-algorithm
 */
export function failedConstraint<Owner>(
  table: CandidateTable<Owner>,
  basic: NormalizedConstraintSet,
): string {
  for (const { name } of constrainableProperties) {
    const only = constraintOn(basic, name);
    const alive = new Uint8Array(table.candidates.length).fill(1);
    keepSatisfying(table, alive, narrowRequirements(noRequirements, only));
    if (alive.length > 0 && !alive.includes(1)) return name;
  }
  return "";
}

/** The part of a set that is about one property. */
export function constraintOn(
  { numbers, values }: NormalizedConstraintSet,
  name: string,
): NormalizedConstraintSet {
  return {
    numbers: numbers.filter((constraint) => constraint.name === name),
    values: values.filter((constraint) => constraint.name === name),
  };
}
