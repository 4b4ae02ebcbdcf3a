import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import type { Device } from "../../engine/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { familiesOf } from "../constraints/candidates-of.ts";
import { canExposeCameras, canExposeMicrophones } from "./device-exposure.ts";
import { inputDeviceInfoBrand } from "./input-device-info.ts";
import type { InputDeviceInfo } from "./input-device-info.ts";
import { mediaDeviceInfoBrand } from "./media-device-info.ts";
import type { MediaDeviceInfo, MediaDeviceKind } from "./media-device-info.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/**
 * The list that scripts get: microphones, then cameras, the default first in its kind; one of a
 * kind, without its name, as long as nothing of the kind was captured or granted.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-creating-a-list-of-device-info-objects
 */
export function createDeviceInfos(
  slots: MediaDevicesSlots,
  devices: readonly Device[],
): MediaDeviceInfo[] {
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
    ? [...microphones, ...cameras]
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
