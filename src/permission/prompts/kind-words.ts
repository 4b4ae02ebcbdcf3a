import type { RequestedKind } from "../contract.ts";
import type { PermissionName } from "../contract.ts";

/** What a person calls each kind. */
export const kindWords: Readonly<Record<PermissionName, string>> = {
  camera: "camera",
  microphone: "microphone",
  "display-capture": "screen",
};

/** `"camera and microphone"`, `"screen with its sound"` */
export function kindList(kinds: readonly Pick<RequestedKind, "name" | "withSound">[]): string {
  return kinds
    .map(({ name, withSound }) => kindWords[name] + (withSound ? " with its sound" : ""))
    .join(" and ");
}
