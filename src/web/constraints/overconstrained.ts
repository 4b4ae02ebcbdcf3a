import { formatPossible } from "../../constraints/format-explanation.ts";
import type { MediaTrackCapabilities, MediaTrackConstraints } from "../../constraints/types.ts";
import { createObject } from "../../webidl/create-object.ts";
import { overconstrainedErrorBrand } from "./overconstrained-error.ts";
import type { OverconstrainedError } from "./overconstrained-error.ts";
import type { Realm } from "../realm/realm.ts";
import type { Candidate } from "../../constraints/candidate.ts";
import { constrainableProperties } from "../../constraints/properties.ts";
import { selectSettings } from "../../constraints/select-settings.ts";

interface Failure {
  readonly realm: Realm;
  /** `""` when constraints fail only together. */
  readonly failedConstraint: string;
  readonly constraints: MediaTrackConstraints;
  /** `"No camera meets"` */
  readonly subject: string;
  /** What there is instead. */
  readonly capabilities?: MediaTrackCapabilities;
  /** What became of each device, a line for each, if their names may be told. */
  readonly explanations?: readonly { readonly text: string }[];
}

/** The error of constraints that can't be met, naming the one at fault and what would do. */
export function overconstrained(failure: Failure): OverconstrainedError {
  const { capabilities = {}, constraints, explanations = [], failedConstraint, realm } = failure;
  const asked = constraints[failedConstraint as keyof MediaTrackConstraints];
  const isName = failedConstraint === "deviceId" || failedConstraint === "groupId";
  const offered = isName ? undefined : capabilities[failedConstraint as keyof typeof capabilities];
  const what =
    failedConstraint === ""
      ? "the required constraints all at once; require less, or use ideal values"
      : `${failedConstraint}: ${JSON.stringify(asked)}`;
  const advice = isName ? ". `usermedia devices` lists the devices there are" : "";
  const offer =
    offered === undefined
      ? advice
      : `. Possible: ${formatPossible(capabilities, failedConstraint)}`;
  return createObject(realm, overconstrainedErrorBrand, { constraint: failedConstraint }, [
    [`${failure.subject} ${what}${offer}`, ...explanations.map(({ text }) => text)].join("\n"),
    "OverconstrainedError",
  ]);
}

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
