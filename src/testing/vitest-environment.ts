/**
 * `node-usermedia/testing/vitest-environment`: Vitest's jsdom with virtual devices in it. The room of a
 * test file is the global `virtualDevices`.
 *
 * @module
 */
import { builtinEnvironments, type Environment } from "vitest/runtime";

import { VirtualDevices } from "./index.ts";

const environment: Environment = {
  name: "usermedia",
  viteEnvironment: "client",
  async setup(global: typeof globalThis, options) {
    const dom = await builtinEnvironments.jsdom.setup(global, options);
    const devices = new VirtualDevices();
    const uninstall = devices.install(global);
    Reflect.set(global, "virtualDevices", devices);
    return {
      async teardown() {
        await uninstall();
        Reflect.deleteProperty(global, "virtualDevices");
        await dom.teardown(global);
      },
    };
  },
};

export default environment;
