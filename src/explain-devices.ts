import type { DeviceDescription } from "./backends/contract.ts";
import {
  type Candidate,
  candidatesForCamera,
  candidatesForDisplay,
  candidatesForMicrophone,
  constraintsForKind,
  explainSelection,
  formatExplanation,
} from "./constraints/index.ts";
import type { MediaTrackConstraints } from "./constraints/types.ts";

/** A device and the id that constraints know it by. */
export interface ExplainedDevice {
  readonly id: string;
  readonly description: DeviceDescription;
}

/**
 * Says, a line for each device, what constraints make of it: how near it comes, or what excludes it.
 *
 * @param devices of one kind
 */
export function explainDevices(
  devices: readonly ExplainedDevice[],
  constraints: MediaTrackConstraints,
): string {
  const [first] = devices;
  if (first === undefined) return "";
  const kind = first.description.kind === "audioinput" ? "audio" : "video";
  const explanations = explainSelection(
    devices.flatMap(candidatesOf),
    constraintsForKind(constraints, kind),
  );
  return formatExplanation(explanations, ({ description }) => description.label);
}

function candidatesOf(device: ExplainedDevice): Candidate<ExplainedDevice>[] {
  const { description, id } = device;
  const known = { owner: device, deviceId: id, groupId: description.hardwareGroupId };
  switch (description.kind) {
    case "videoinput":
      return candidatesForCamera({ ...known, ...description });
    case "audioinput":
      return candidatesForMicrophone({ ...known, ...description });
    case "display":
      return candidatesForDisplay({ ...known, ...description });
  }
}
