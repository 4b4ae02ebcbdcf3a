import type { PermissionName } from "../permission/contract.ts";

/** What can be granted here. */
export const capturePermissions: readonly PermissionName[] = [
  "camera",
  "microphone",
  "display-capture",
];

/**
 * The other powerful features of the Web's registry: nothing here gives access to them.
 * @see https://w3c.github.io/permissions-registry/
 */
export const otherPermissions = [
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
] as const;

/** A name that `navigator.permissions.query()` takes. */
export type QueryableName = PermissionName | (typeof otherPermissions)[number];

/** True for what can be granted here. */
export function isCapturePermission(name: QueryableName): name is PermissionName {
  return capturePermissions.some((own) => own === name);
}
