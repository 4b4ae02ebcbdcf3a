import type { Candidate } from "../../constraints/candidate.ts";
import { explainSelection, type OwnerExplanation } from "../../constraints/explain-selection.ts";
import { formatExplanation } from "../../constraints/format-explanation.ts";
import type { MediaTrackConstraints } from "../../constraints/types.ts";
import type { Device } from "../../engine/contract.ts";

/** What constraints make of one device, and the line that says so. */
export type DeviceExplanation = OwnerExplanation<Device> & { readonly text: string };

/** Says for each device how near it comes to the constraints, or which of them excludes it. */
export function explainCandidates(
  candidates: readonly Candidate<Device>[],
  constraints: MediaTrackConstraints,
): DeviceExplanation[] {
  return explainSelection(candidates, constraints).map((explanation) => ({
    ...explanation,
    text: formatExplanation([explanation], ({ description }) => description.label),
  }));
}
