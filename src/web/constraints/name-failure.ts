import type { Candidate } from "../../constraints/candidate.ts";
import { constrainableProperties } from "../../constraints/properties.ts";
import { selectSettings } from "../../constraints/select-settings.ts";
import type { MediaTrackConstraints } from "../../constraints/types.ts";

/**
 * The constraint to name in an OverconstrainedError.
 *
 * Deviates: constraints that can each be met, but not together, have no name in the specification.
 * As browsers do, the one is named that leaves nothing over once those before it are met.
 */
export function nameFailure<Owner>(
  candidates: readonly Candidate<Owner>[],
  constraints: MediaTrackConstraints,
  failedConstraint: string,
): string {
  if (failedConstraint !== "") return failedConstraint;
  const met: Record<string, unknown> = {};
  const failing = constrainableProperties.find(({ name }) => {
    if (!(name in constraints)) return false;
    met[name] = constraints[name];
    return "failedConstraint" in selectSettings(candidates, met as MediaTrackConstraints);
  });
  return failing?.name ?? "";
}
