import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import type { Device, OutputDevice } from "../../engine/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { familiesOf } from "../constraints/candidates-of.ts";
import { canExposeCameras, canExposeMicrophones, exposedOutputs } from "./device-exposure.ts";
import type { ListedDevices } from "./device-exposure.ts";
import { inputDeviceInfoBrand } from "./input-device-info.ts";
import type { InputDeviceInfo } from "./input-device-info.ts";
import { mediaDeviceInfoBrand } from "./media-device-info.ts";
import type { MediaDeviceInfo, MediaDeviceKind } from "./media-device-info.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/**
 * The list that scripts get: microphones, then cameras, then sound outputs, the default first in
 * its kind; one microphone and one camera, without its name, and no output, as long as nothing of
 * the kind was captured or granted.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-creating-a-list-of-device-info-objects
 */
export function createDeviceInfos(
  slots: MediaDevicesSlots,
  listed: ListedDevices,
): MediaDeviceInfo[] {
  const { devices } = listed;
  const areMicrophonesExposed = canExposeMicrophones(slots);
  const areCamerasExposed = canExposeCameras(slots);
  const { ids } = slots;
  const once = { realm: slots.realm, ids: ids.readOnce?.() ?? ids };
  const microphones = listKind(once, devices, {
    kind: "audioinput",
    exposed: areMicrophonesExposed,
  });
  const cameras = listKind(once, devices, { kind: "videoinput", exposed: areCamerasExposed });
  return areMicrophonesExposed || areCamerasExposed
    ? [...microphones, ...cameras, ...listOutputs(once, exposedOutputs(slots, listed))]
    : [...microphones.slice(0, 1), ...cameras.slice(0, 1)];
}

function listKind(
  slots: Pick<MediaDevicesSlots, "ids" | "realm">,
  devices: readonly Device[],
  { exposed, kind }: { kind: "audioinput" | "videoinput"; exposed: boolean },
): InputDeviceInfo[] {
  if (!slots.realm.isAllowedToUse(kind === "audioinput" ? "microphone" : "camera")) return [];
  return devices
    .filter(({ description }) => description.kind === kind)
    .map((device) => createDeviceInfo(slots, device, { exposed, kind }));
}

function listOutputs(
  { ids, realm }: Pick<MediaDevicesSlots, "ids" | "realm">,
  outputs: readonly OutputDevice[],
): MediaDeviceInfo[] {
  return outputs.map((output) => createOutputInfo({ ids, realm }, output));
}

/** An output that scripts may know. */
export function createOutputInfo(
  { ids, realm }: Pick<MediaDevicesSlots, "ids" | "realm">,
  output: OutputDevice,
): MediaDeviceInfo {
  return createObject(realm, mediaDeviceInfoBrand, {
    kind: "audiooutput",
    deviceId: ids.deviceId(output),
    label: output.description.label,
    groupId: ids.groupId(output),
  });
}

/** @see https://w3c.github.io/mediacapture-main/#dfn-creating-a-device-info-object */
function createDeviceInfo(
  { ids, realm }: Pick<MediaDevicesSlots, "ids" | "realm">,
  device: Device,
  { exposed, kind }: { kind: MediaDeviceKind; exposed: boolean },
): InputDeviceInfo {
  const capabilities = exposed ? capabilitiesOf(familiesOf(device, ids)) : {};
  const info = createObject(realm, inputDeviceInfoBrand, { capabilities });
  mediaDeviceInfoBrand.attach(info, {
    kind,
    deviceId: exposed ? ids.deviceId(device) : "",
    label: exposed ? device.description.label : "",
    groupId: exposed ? ids.groupId(device) : "",
  });
  return info;
}
