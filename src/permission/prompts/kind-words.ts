import type { PermissionName } from "../contract.ts";

/** What a person calls each kind. */
export const kindWords: Readonly<Record<PermissionName, string>> = {
  camera: "camera",
  microphone: "microphone",
  "display-capture": "screen",
};

/** `"camera and microphone"` */
export function kindList(names: readonly PermissionName[]): string {
  return names.map((name) => kindWords[name]).join(" and ");
}
