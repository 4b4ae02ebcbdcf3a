import type { OtherPermission, PermissionName } from "../../permission/contract.ts";

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
