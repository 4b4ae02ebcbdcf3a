import type { Device, MediaKind, OutputDevice } from "../../engine/contract.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/** What there is at one time. */
export interface ListedDevices {
  readonly devices: readonly Device[];
  readonly outputs: readonly OutputDevice[];
}

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

/**
 * The outputs that scripts may know: the other half of a microphone that they know, such as a
 * headset's, and those that the user picked for them.
 *
 * Deviates: a program knows all outputs once it knows its microphones, as a page does in Chromium.
 *
 * @see https://w3c.github.io/mediacapture-output/#privacy-obtaining-consent
 */
export function exposedOutputs(
  slots: MediaDevicesSlots,
  { devices, outputs }: ListedDevices,
): readonly OutputDevice[] {
  const { permission, realm } = slots;
  if (!realm.isAllowedToUse("speaker-selection")) return [];
  const areMicrophonesExposed = canExposeMicrophones(slots);
  const isGranted = permission.queryOther?.("speaker-selection") === "granted";
  if (realm.listsPermittedDevices && (areMicrophonesExposed || isGranted)) return outputs;
  const groups = new Set(
    devices
      .filter(({ description }) => areMicrophonesExposed && description.kind === "audioinput")
      .map(({ description }) => description.hardwareGroupId),
  );
  return outputs.filter(({ description }) => groups.has(description.hardwareGroupId));
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
