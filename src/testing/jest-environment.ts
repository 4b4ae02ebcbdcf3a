/**
 * `node-usermedia/testing/jest-environment`: Jest's jsdom with virtual devices in it. Each test has a
 * room of its own, the global `virtualDevices`; Jest's fake timers hold its time.
 *
 * @module
 */
import { TestEnvironment } from "jest-environment-jsdom";

import { timersClock, VirtualDevices, type TimerScope, type Uninstall } from "./index.ts";

export default class UserMediaEnvironment extends TestEnvironment {
  #uninstall: Uninstall | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    this.#install();
  }

  override async teardown(): Promise<void> {
    await this.#uninstall?.();
    await super.teardown();
  }

  /** Of jest-circus, before and after each test. */
  async handleTestEvent({ name }: { readonly name: string }): Promise<void> {
    if (name !== "test_done") return;
    await this.#uninstall?.();
    this.#install();
  }

  #install(): void {
    const window = this.global as unknown as object & TimerScope;
    const devices = new VirtualDevices({ clock: timersClock(window) });
    this.#uninstall = devices.install(window);
    Reflect.set(window, "virtualDevices", devices);
  }
}
