import type { SettingsFamily } from "../constraints/candidate.ts";
import { candidatesForCamera } from "../constraints/candidates-for-camera.ts";
import { candidatesForDisplay } from "../constraints/candidates-for-display.ts";
import { candidatesForMicrophone } from "../constraints/candidates-for-microphone.ts";
import type { Candidate } from "../constraints/candidate.ts";
import type { Device } from "../engine/contract.ts";
import type { DeviceIds } from "./device-ids.ts";

/**
 * The candidates of one device: every settings dictionary that a track of it could have.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
 */
export function candidatesOf(device: Device, ids: DeviceIds): Candidate<Device>[] {
  const { description } = device;
  const known = { owner: device, deviceId: ids.deviceId(device), groupId: ids.groupId(device) };
  switch (description.kind) {
    case "videoinput":
      return candidatesForCamera({ ...known, ...description });
    case "audioinput":
      return candidatesForMicrophone({ ...known, ...description });
    case "display":
      return candidatesForDisplay({ ...known, ...description });
  }
}

/** The families of {@link candidatesOf}. */
export function familiesOf(device: Device, ids: DeviceIds): SettingsFamily[] {
  return candidatesOf(device, ids).map(({ family }) => family);
}
