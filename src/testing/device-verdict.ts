import { constraintsForKind } from "../constraints/allowed-constraints.ts";
import type { MediaTrackConstraints, MediaTrackSettings } from "../constraints/types.ts";
import { isSound } from "../contract/device.ts";
import type { DeviceKind } from "../contract/device.ts";
import type { Device } from "../engine/contract.ts";
import { candidatesOf } from "../web/constraints/candidates-of.ts";
import type { DeviceIds } from "../web/constraints/device-ids.ts";
import { withDeviceIds } from "../web/constraints/device-names.ts";
import { explainCandidates } from "../web/constraints/explain-candidates.ts";

/** What constraints make of one device. */
export interface DeviceVerdict {
  readonly label: string;
  readonly kind: DeviceKind;
  /** The fitness distance of the device's nearest settings; Infinity for one that is excluded. */
  readonly fitnessDistance: number;
  /** Those settings; `undefined` for one that is excluded. */
  readonly settings: MediaTrackSettings | undefined;
  /** The required constraints that exclude it; empty for one that could be chosen. */
  readonly excludedBy: readonly string[];
  /** All this in a line, as in `OverconstrainedError`'s message and `usermedia devices --why`. */
  readonly text: string;
}

/** Judges devices of one kind. @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings */
export function judgeDevices(
  devices: readonly Device[],
  ids: DeviceIds,
  asked: MediaTrackConstraints,
): DeviceVerdict[] {
  const candidates = devices.flatMap((device) => candidatesOf(device, ids));
  const kind = devices.some(({ description }) => isSound(description)) ? "audio" : "video";
  const constraints = withDeviceIds(constraintsForKind(asked, kind), devices, ids);
  const explanations = explainCandidates(candidates, constraints);
  return explanations.map((explanation) => ({
    label: explanation.owner.description.label,
    kind: explanation.owner.description.kind,
    fitnessDistance: explanation.distance,
    settings: explanation.excludedBy === undefined ? explanation.settings : undefined,
    excludedBy: explanation.excludedBy?.constraints ?? [],
    text: explanation.text,
  }));
}
