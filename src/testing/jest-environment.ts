/**
 * `node-usermedia/testing/jest-environment`: Jest's jsdom with virtual devices in it, the global
 * `virtualDevices`. Each test begins with none; Jest's fake timers hold their time.
 *
 * @module
 */
import { TestEnvironment } from "jest-environment-jsdom";

import { timersClock, VirtualDevices, type TimerScope, type Uninstall } from "./index.ts";

export type { VirtualDevices } from "./global-devices.ts";

export default class UserMediaEnvironment extends TestEnvironment {
  #devices: VirtualDevices | undefined;
  #uninstall: Uninstall | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    const window = this.global as unknown as object & TimerScope;
    this.#devices = new VirtualDevices({ clock: timersClock(window) });
    this.#uninstall = this.#devices.install(window);
    Reflect.set(window, "virtualDevices", this.#devices);
  }

  override async teardown(): Promise<void> {
    await this.#uninstall?.();
    await super.teardown();
  }

  /** Of jest-circus: `test_done` follows the last `afterEach()` of a test. */
  async handleTestEvent({ name }: { readonly name: string }): Promise<void> {
    if (name === "test_done") this.#devices?.reset();
  }
}
