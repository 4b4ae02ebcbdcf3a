/** Every kind of permission, in the order in which people see them. */
export const permissionNames = ["camera", "microphone", "display-capture"] as const;

/** What a program can be allowed to capture. */
export type PermissionName = (typeof permissionNames)[number];

/** True for the name of a permission, as a person or a file may have written it. */
export function isPermissionName(value: string): value is PermissionName {
  return (permissionNames as readonly string[]).includes(value);
}
