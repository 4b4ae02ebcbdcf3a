import { createCandidateTable } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import { groupByOwner } from "./candidate.ts";
import { canMeet, constraintOn, narrowToSets } from "./narrow-to-sets.ts";
import {
  normalizeConstraints,
  type NormalizedConstraints,
  type NormalizedConstraintSet,
} from "./normalize.ts";
import { constrainableProperties, type ConstrainableProperty } from "./properties.ts";
import { narrowRequirements, noRequirements } from "./requirements.ts";
import { selectSettings } from "./select-settings.ts";
import type { MediaTrackCapabilities, MediaTrackConstraints, MediaTrackSettings } from "./types.ts";

/** Why one owner (a device) was left out or how near it came. */
export type OwnerExplanation<Owner> = { readonly owner: Owner } & (
  | {
      readonly excludedBy: undefined;
      readonly distance: number;
      readonly settings: MediaTrackSettings;
    }
  | { readonly excludedBy: Exclusion; readonly distance: number }
);

export interface Exclusion {
  /**
   * The required constraints that none of the owner's settings dictionaries meet; or, where each
   * could be met but not all at once, all of them.
   */
  readonly constraints: readonly ConstrainableProperty[];
  /** False where each of them could be met, only not together. */
  readonly alone: boolean;
  /** The index of the advanced set that other owners satisfy; undefined for the basic set. */
  readonly advancedSet: number | undefined;
  readonly required: MediaTrackConstraints;
  readonly offered: MediaTrackCapabilities;
}

/**
 * Says for each owner what {@link selectSettings} makes of it: the fitness distance of its best
 * settings dictionary, or what excluded it. In the order of the candidates; the one selected is
 * the first with the least distance.
 */
export function explainSelection<Owner>(
  candidates: readonly Candidate<Owner>[],
  constraints: MediaTrackConstraints,
): OwnerExplanation<Owner>[] {
  const normalized = normalizeConstraints(constraints);
  const keptSets = narrowToSets(createCandidateTable(candidates), normalized)?.keptSets ?? [];
  return groupByOwner(candidates).map((own) => {
    const owner = (own[0] as Candidate<Owner>).owner;
    const exclusion = exclusionOf(own, constraints, normalized, keptSets);
    if (exclusion) return { owner, excludedBy: exclusion, distance: Infinity };
    const kept = keptSets.flatMap((index) => constraints.advanced?.[index] ?? []);
    const selection = selectSettings(own, { ...constraints, advanced: kept });
    if ("failedConstraint" in selection) throw new Error("An owner without exclusion has settings");
    return {
      owner,
      excludedBy: undefined,
      distance: selection.distance,
      settings: selection.settings,
    };
  });
}

function exclusionOf<Owner>(
  own: readonly Candidate<Owner>[],
  constraints: MediaTrackConstraints,
  { basic, advanced }: NormalizedConstraints,
  keptSets: readonly number[],
): Exclusion | undefined {
  const table = createCandidateTable(own);
  let requirements = noRequirements;
  for (const index of [undefined, ...keptSets]) {
    const set = index === undefined ? basic : (advanced[index] as NormalizedConstraintSet);
    requirements = narrowRequirements(requirements, set);
    if (canMeet(table, requirements)) continue;
    const required = requiredProperties(set);
    const alone = required.filter(
      (name) => !canMeet(table, narrowRequirements(noRequirements, constraintOn(set, name))),
    );
    return {
      constraints: alone.length > 0 ? alone : required,
      alone: alone.length > 0,
      advancedSet: index,
      required: (index === undefined ? constraints : constraints.advanced?.[index]) ?? {},
      offered: capabilitiesOf(own.map(({ family }) => family)),
    };
  }
  return undefined;
}

function requiredProperties(set: NormalizedConstraintSet): ConstrainableProperty[] {
  const { numbers, values } = narrowRequirements(noRequirements, set);
  const required = new Set<ConstrainableProperty>([...numbers.keys(), ...values.keys()]);
  return constrainableProperties.map(({ name }) => name).filter((name) => required.has(name));
}
