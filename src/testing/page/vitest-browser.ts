/**
 * `node-usermedia/testing/vitest-browser`: a setup file for Vitest's Browser Mode and Storybook's
 * addon-vitest, as `node-usermedia/testing/vitest` is for Node. Each test begins with no devices.
 *
 * @module
 */
import { afterAll, afterEach } from "vitest";

import { VirtualDevices } from "./browser.ts";

/** The devices of this test file, also the global `virtualDevices`. */
export const virtualDevices = new VirtualDevices();

const uninstall = virtualDevices.install();
Reflect.set(globalThis, "virtualDevices", virtualDevices);

afterEach(() => virtualDevices.reset());

afterAll(async () => {
  await uninstall();
  Reflect.deleteProperty(globalThis, "virtualDevices");
});
