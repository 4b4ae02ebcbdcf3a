import type { SettingsFamily, Candidate } from "../../constraints/candidate.ts";
import { candidatesForCamera } from "../../constraints/candidates-for-camera.ts";
import { candidatesForDisplay } from "../../constraints/candidates-for-display.ts";
import {
  candidatesForMicrophone,
  candidatesForSystemAudio,
} from "../../constraints/candidates-for-microphone.ts";
import type { Device } from "../../engine/contract.ts";
import type { DeviceIds } from "./device-ids.ts";

/**
 * The candidates of one device: every settings dictionary that a track of it could have.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
 */
export function candidatesOf(device: Device, ids: DeviceIds): Candidate<Device>[] {
  const known = { deviceId: ids.deviceId(device), groupId: ids.groupId(device) };
  return candidatesKnownAs(device, known);
}

/** The candidates of something described as a device is, under ids of the caller's. */
export function candidatesKnownAs<Owner extends Pick<Device, "description">>(
  owner: Owner,
  ids: { readonly deviceId: string; readonly groupId: string },
): Candidate<Owner>[] {
  const { description } = owner;
  switch (description.kind) {
    case "videoinput":
      return candidatesForCamera({ owner, ...ids, ...description });
    case "audioinput":
      return candidatesForMicrophone({ owner, ...ids, ...description });
    case "display":
      return candidatesForDisplay({ owner, ...ids, ...description });
    case "systemaudio":
      return candidatesForSystemAudio({ owner, ...ids, ...description });
  }
}

/** The families of {@link candidatesOf}. */
export function familiesOf(device: Device, ids: DeviceIds): SettingsFamily[] {
  return candidatesOf(device, ids).map(({ family }) => family);
}
