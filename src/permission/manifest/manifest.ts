import type { PermissionName } from "../contract.ts";

/** What a program says about itself: which kinds it uses, and why. */
export interface Manifest {
  /** Why a kind is wanted, for the person who is asked. */
  reason(name: PermissionName): string | undefined;
  /** Why a kind is ruled out: not declared, or the manifest can't be read. */
  refusal(name: PermissionName): string | undefined;
}

/** Of a program that has none. */
export const noManifest: Manifest = { reason: () => undefined, refusal: () => undefined };
