import type { PermissionName } from "../contract.ts";

/** What a program says about itself: which kinds it uses, and why. */
export interface Manifest {
  /** Why a kind is wanted, for the person who is asked. */
  reason(name: PermissionName): string | undefined;
  /** Why a kind is ruled out: not declared, or the manifest can't be read. */
  refusal(name: PermissionName): string | undefined;
}

/** What each kind is called in a manifest: the first two as Firefox OS had them. */
export const manifestNames = {
  camera: "video-capture",
  microphone: "audio-capture",
  "display-capture": "display-capture",
} as const satisfies Record<PermissionName, string>;
