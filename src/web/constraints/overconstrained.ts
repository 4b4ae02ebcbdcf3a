import { formatPossible } from "../../constraints/format-explanation.ts";
import type { MediaTrackCapabilities, MediaTrackConstraints } from "../../constraints/types.ts";
import { createObject } from "../../webidl/create-object.ts";
import { overconstrainedErrorBrand } from "./overconstrained-error.ts";
import type { OverconstrainedError } from "./overconstrained-error.ts";
import type { Realm } from "../realm/realm.ts";

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
