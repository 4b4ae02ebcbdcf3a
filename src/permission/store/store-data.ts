import * as v from "valibot";
import type { PermissionName, PermissionState } from "../contract.ts";
import { permissionNames } from "../permission-names.ts";

const decided = v.picklist(["granted", "denied"]);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.picklist(permissionNames);

const rememberedSchema = v.strictObject({
  state: v.exactOptional(decided),
  devices: v.exactOptional(v.record(v.string(), v.picklist(["granted", "denied", "prompt"]))),
  /** What restores a choice of the desktop's dialog, which was told to remember it. */
  restore: v.exactOptional(v.strictObject({ deviceKey: v.string(), token: v.string() })),
  /** When it was last decided, ISO 8601. */
  since: v.pipe(v.string(), v.isoTimestamp()),
});

const applicationSchema = v.strictObject({
  packageName: v.exactOptional(v.string()),
  path: v.string(),
  permissions: v.record(name, rememberedSchema),
  /** How often a kind was taken back: answers of running programs from before are void. */
  revocations: v.exactOptional(v.record(name, count)),
  /** The same of single devices, by their keys. */
  deviceRevocations: v.exactOptional(v.record(name, v.record(v.string(), count))),
  /** Mixed into the salt of device ids; another one after each reset. */
  saltNonce: v.exactOptional(v.pipe(v.string(), v.hexadecimal())),
});

const storeSchema = v.strictObject({
  version: v.literal(1),
  applications: v.record(v.string(), applicationSchema),
  /** Like an application's, for what was taken back from all of them. */
  revocations: v.exactOptional(v.record(name, count)),
  deviceRevocations: v.exactOptional(v.record(name, v.record(v.string(), count))),
  saltNonce: v.exactOptional(v.pipe(v.string(), v.hexadecimal())),
});

/** What is kept of a permission. */
interface Remembered {
  state?: "granted" | "denied";
  devices?: Record<string, PermissionState>;
  restore?: { deviceKey: string; token: string };
  since: string;
}

/** How often each kind, and each device of it, was taken back. */
export interface Counts {
  revocations?: Partial<Record<PermissionName, number>>;
  deviceRevocations?: Partial<Record<PermissionName, Record<string, number>>>;
}

/** What is kept of a program. */
export interface StoredApplication extends Counts {
  packageName?: string;
  path: string;
  permissions: Partial<Record<PermissionName, Remembered>>;
  saltNonce?: string;
}

/** What the store's file holds. */
export interface StoreData extends Counts {
  version: 1;
  applications: Record<string, StoredApplication>;
  saltNonce?: string;
}

/** A store that remembers nothing. */
export function emptyStore(): StoreData {
  return { version: 1, applications: {} };
}

/**
 * Reads a store's text.
 *
 * @returns `undefined` for a text that is no store: nothing of it is believed.
 */
export function parseStore(text: string): StoreData | undefined {
  try {
    const result = v.safeParse(storeSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
