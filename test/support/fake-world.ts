import { VirtualPermission } from "../../src/testing/virtual-permission.ts";
import { createWorld } from "../../src/web/create-world.ts";
import type { World } from "../../src/web/create-world.ts";
import type { RealmOptions } from "../../src/web/realm/realm.ts";
import type { DeviceDescription } from "../../src/contract/device.ts";
import { FakeEngine, camera, microphone } from "./fake-engine.ts";

export interface FakeWorld extends World {
  readonly engine: FakeEngine;
  readonly permission: VirtualPermission;
}

/** The spec objects over an engine without frames and a user played by the test. */
export function fakeWorld(
  devices: readonly DeviceDescription[] = [camera, microphone],
  realm: Partial<RealmOptions> = {},
): FakeWorld {
  const engine = new FakeEngine(devices);
  const permission = new VirtualPermission();
  const world = createWorld({ catalogue: engine, sources: engine, permission, realm });
  return { ...world, engine, permission };
}

/** Resolves when every task queued so far has run. */
export function tasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
