import type { Backend, CodecService } from "./backends/contract.ts";
import type { Clock } from "./engine/contract.ts";
import { BackendCatalogue, DeviceSourcePool, systemClock } from "./engine/index.ts";
import type { PermissionBroker } from "./permission/contract.ts";
import { createWorld } from "./web/create-world.ts";
import type { World } from "./web/create-world.ts";
import type { RealmOptions } from "./web/realm.ts";

/** What a world of media capture is built from. */
export interface MediaCaptureOptions {
  readonly backends: readonly Backend[];
  readonly permission: PermissionBroker;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
  /** Encodes what is captured in the program itself. */
  readonly codecs?: CodecService;
  /** What differs from Node's own realm, such as a window's `EventTarget`. */
  readonly realm?: Partial<RealmOptions>;
}

/** The spec objects over some devices, and what ends them. */
export interface MediaCapture extends Omit<World, "close"> {
  /** Stops every source and frees the backends. */
  close(): Promise<void>;
}

/** Builds everything from its parts, with no globals. */
export function createMediaCapture(options: MediaCaptureOptions): MediaCapture {
  const { backends, clock = systemClock, codecs, permission, realm = {} } = options;
  const catalogue = new BackendCatalogue(backends, clock);
  const sources = new DeviceSourcePool(backends, { clock, codecs });
  const world = createWorld({ catalogue, sources, permission, realm });
  return {
    ...world,
    async close() {
      world.close();
      await sources.close();
      await Promise.all(backends.map((backend) => backend.close?.()));
    },
  };
}
