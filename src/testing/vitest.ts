/**
 * `node-usermedia/testing/vitest`: a setup file (`test.setupFiles`) for whatever environment a test
 * has. Virtual devices are installed before the test file and what it imports are loaded, so
 * libraries that look for `navigator.mediaDevices` at load find it; each test begins with none.
 *
 * @module
 */
import { afterAll, afterEach } from "vitest";

import { VirtualDevices } from "./index.ts";

export type { VirtualDevices } from "./global-devices.ts";

/** The devices of this test file, also the global `virtualDevices`. */
export const virtualDevices = new VirtualDevices();

const uninstall = virtualDevices.install();
Reflect.set(globalThis, "virtualDevices", virtualDevices);

afterEach(() => virtualDevices.reset());

afterAll(async () => {
  await uninstall();
  Reflect.deleteProperty(globalThis, "virtualDevices");
});
