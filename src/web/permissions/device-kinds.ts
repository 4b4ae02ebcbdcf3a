import type { DeviceKind } from "../../contract/device.ts";
import type { MediaKind } from "../../engine/contract.ts";
import type { PermissionName } from "../../permission/contract.ts";

/** The permission that a kind of device needs. */
export const permissionOf: Readonly<Record<DeviceKind, PermissionName>> = {
  audioinput: "microphone",
  videoinput: "camera",
  display: "display-capture",
  systemaudio: "display-capture",
};

/** The devices that `getUserMedia()` takes for a kind of media. */
export const inputKinds: Readonly<Record<MediaKind, "audioinput" | "videoinput">> = {
  audio: "audioinput",
  video: "videoinput",
};

/** What a message calls a kind of device. */
export const deviceNouns: Readonly<Record<DeviceKind, string>> = {
  audioinput: "microphone",
  videoinput: "camera",
  display: "display",
  systemaudio: "sound output",
};
