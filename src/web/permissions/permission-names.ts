import type { OtherPermission, PermissionName } from "../../permission/contract.ts";

/** What can be granted here. */
export const capturePermissions: readonly PermissionName[] = [
  "camera",
  "microphone",
  "display-capture",
];

/** What the Web has besides. */
export const otherPermissions: readonly OtherPermission[] = [
  "accelerometer",
  "ambient-light-sensor",
  "background-fetch",
  "background-sync",
  "bluetooth",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "midi",
  "nfc",
  "notifications",
  "persistent-storage",
  "push",
  "screen-wake-lock",
  "speaker-selection",
  "storage-access",
  "xr-spatial-tracking",
];

/** A name that `navigator.permissions.query()` takes. */
export type QueryableName = PermissionName | OtherPermission;

/** True for what can be granted here. */
export function isCapturePermission(name: QueryableName): name is PermissionName {
  return capturePermissions.some((own) => own === name);
}
