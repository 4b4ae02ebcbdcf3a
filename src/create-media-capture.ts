import type { Backend } from "./backends/contract.ts";
import type { Clock } from "./engine/contract.ts";
import type { PermissionBroker } from "./permission/contract.ts";
import { createWorld } from "./web/create-world.ts";
import type { World } from "./web/create-world.ts";
import type { RealmOptions } from "./web/realm.ts";

/** What a world of media capture is built from. */
export interface MediaCaptureOptions {
  readonly backends: readonly Backend[];
  readonly permission: PermissionBroker;
  readonly clock?: Clock;
  /** What differs from Node's own realm, such as a window's `EventTarget`. */
  readonly realm?: Partial<RealmOptions>;
}

/** The spec objects over some devices, and what ends them. */
export interface MediaCapture extends World {
  /** Stops every source and frees the backends. */
  close(): Promise<void>;
}

/** Builds everything from its parts, with no globals. */
export function createMediaCapture({ permission, realm }: MediaCaptureOptions): MediaCapture {
  const catalogue = { list: () => Promise.resolve([]), watch: () => () => {} };
  const sources = {
    openTrack: () => Promise.reject(new Error("no engine yet")),
    close: () => Promise.resolve(),
  };
  const world = createWorld({ catalogue, sources, permission, ...(realm ? { realm } : {}) });
  return { ...world, close: () => sources.close() };
}
