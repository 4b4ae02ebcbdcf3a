import { isSound } from "../contract/device.ts";
import type { DeviceDescription } from "../contract/device.ts";
import { constraintsForKind } from "../constraints/allowed-constraints.ts";
import { explainSelection } from "../constraints/explain-selection.ts";
import { formatExplanation } from "../constraints/format-explanation.ts";
import type { MediaTrackConstraints } from "../constraints/types.ts";
import { candidatesKnownAs } from "../web/constraints/candidates-of.ts";

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
  const kind = isSound(first.description) ? "audio" : "video";
  const explanations = explainSelection(
    devices.flatMap((device) =>
      candidatesKnownAs(device, {
        deviceId: device.id,
        groupId: device.description.hardwareGroupId,
      }),
    ),
    constraintsForKind(constraints, kind),
  );
  return formatExplanation(explanations, ({ description }) => description.label);
}
