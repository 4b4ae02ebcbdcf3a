/**
 * `node-usermedia/testing/vitest`: a setup file (`test.setupFiles`) that gives each test virtual
 * devices of its own, installed in whatever environment the test has.
 *
 * @module
 */
import { afterEach, beforeEach } from "vitest";

import { VirtualDevices } from "./index.ts";

let current: VirtualDevices | undefined;

beforeEach(() => {
  const devices = new VirtualDevices();
  const uninstall = devices.install();
  current = devices;
  return uninstall;
});

afterEach(() => {
  current = undefined;
});

/** The devices of the test that runs. @throws Error outside of a test */
export function virtualDevices(): VirtualDevices {
  if (current === undefined) {
    throw new Error(
      "There are virtual devices while a test runs, once node-usermedia/testing/vitest is in setupFiles.",
    );
  }
  return current;
}
