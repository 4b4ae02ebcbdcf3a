import type { PermissionName } from "./contract.ts";

/** Every kind of permission, in the order in which people see them. */
export const permissionNames: readonly PermissionName[] = [
  "camera",
  "microphone",
  "display-capture",
];

/** True for the name of a permission, as a person or a file may have written it. */
export function isPermissionName(value: string): value is PermissionName {
  return (permissionNames as readonly string[]).includes(value);
}
