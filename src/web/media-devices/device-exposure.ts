import type { MediaKind } from "../../engine/contract.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/** @see https://w3c.github.io/mediacapture-main/#dfn-camera-information-can-be-exposed */
export function canExposeCameras(slots: MediaDevicesSlots): boolean {
  return (
    slots.canExposeCameraInfo ||
    slots.liveTracks.isKindLive("videoinput") ||
    isListedByPermission(slots, "camera")
  );
}

/** @see https://w3c.github.io/mediacapture-main/#dfn-microphone-information-can-be-exposed */
export function canExposeMicrophones(slots: MediaDevicesSlots): boolean {
  return (
    slots.canExposeMicrophoneInfo ||
    slots.liveTracks.isKindLive("audioinput") ||
    isListedByPermission(slots, "microphone")
  );
}

/** Deviates: in a program, a permission that is granted is enough. */
function isListedByPermission(
  { permission, realm }: MediaDevicesSlots,
  name: "camera" | "microphone",
): boolean {
  return realm.listsPermittedDevices && permission.query(name) === "granted";
}

/**
 * Information on the kinds that were asked for may be told from now on, and on the other kind if
 * it is permitted.
 *
 * @see https://w3c.github.io/mediacapture-main/#set-device-information-exposure
 */
export function exposeDeviceInformation(
  slots: MediaDevicesSlots,
  requested: readonly MediaKind[],
): void {
  const { permission } = slots;
  if (requested.includes("video")) {
    slots.canExposeCameraInfo = true;
    if (permission.query("microphone") === "granted") slots.canExposeMicrophoneInfo = true;
  }
  if (requested.includes("audio")) {
    slots.canExposeMicrophoneInfo = true;
    if (permission.query("camera") === "granted") slots.canExposeCameraInfo = true;
  }
}

/** @see https://w3c.github.io/mediacapture-main/#dfn-device-information-can-be-exposed */
export function canExposeDevices(slots: MediaDevicesSlots): boolean {
  return canExposeCameras(slots) || canExposeMicrophones(slots);
}
