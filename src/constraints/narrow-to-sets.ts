import type { CandidateTable } from "./candidate-table.ts";
import type { NormalizedConstraints, NormalizedConstraintSet } from "./normalize.ts";
import { constrainableProperties } from "./properties.ts";
import { RequirementCheck } from "./requirement-check.ts";
import { narrowRequirements, noRequirements } from "./requirements.ts";
import type { Requirements } from "./requirements.ts";

export interface NarrowedRequirements {
  /** What the basic set and the advanced sets that were kept require together. */
  readonly requirements: Requirements;
  /** The indices of the advanced sets that were kept. */
  readonly keptSets: readonly number[];
}

/**
 * SelectSettings, steps 3 to 5: an advanced set is kept where some dictionary satisfies it together
 * with the basic set and the sets kept before. Undefined where none satisfies the basic set.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings
 */
export function narrowToSets<Owner>(
  table: CandidateTable<Owner>,
  { basic, advanced }: NormalizedConstraints,
): NarrowedRequirements | undefined {
  let requirements = narrowRequirements(noRequirements, basic);
  if (!canMeet(table, requirements)) return undefined;
  const keptSets: number[] = [];
  advanced.forEach((set, index) => {
    const narrowed = narrowRequirements(requirements, set);
    if (!canMeet(table, narrowed)) return;
    requirements = narrowed;
    keptSets.push(index);
  });
  return { requirements, keptSets };
}

export function canMeet<Owner>(table: CandidateTable<Owner>, requirements: Requirements): boolean {
  return new RequirementCheck(table, requirements).firstRow() !== undefined;
}

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
