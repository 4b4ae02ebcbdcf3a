import type { CandidateTable } from "./candidate-table.ts";
import { canMeet } from "./narrow-to-sets.ts";
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
    if (only.numbers.length + only.values.length === 0) continue;
    if (!canMeet(table, narrowRequirements(noRequirements, only))) return name;
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
