import { createMediaCapture, type MediaCapture } from "../world/create-media-capture.ts";
import { installCapture, type Installed } from "./install-capture.ts";
import { VirtualDeviceSet } from "./virtual-device-set.ts";
import { TestCodecs, type EncoderChoice } from "./encoder/test-codecs.ts";
import { timersClock } from "./timers-clock.ts";
import type {
  InstallOptions,
  Uninstall,
  VirtualDevicesOptions,
} from "./virtual-devices-options.ts";

/**
 * Virtual cameras, microphones and displays that a test controls, and the user who is asked for
 * permission, behind the same API that programs use.
 *
 * @example
 * ```ts
 * const devices = new VirtualDevices();
 * const uninstall = devices.install(); // navigator.mediaDevices and the interfaces
 * const camera = devices.addCamera({ label: "Front", facingMode: "user" });
 * const stream = await navigator.mediaDevices.getUserMedia({ video: true });
 * camera.unplug(); // the track fires `ended`
 * await uninstall();
 * ```
 */
export class VirtualDevices extends VirtualDeviceSet {
  readonly #codecs: TestCodecs;
  #own: MediaCapture | undefined;
  readonly #installed: Installed[] = [];

  constructor({ clock = timersClock(), encoder = "native" }: VirtualDevicesOptions = {}) {
    super(clock);
    this.#codecs = new TestCodecs(encoder);
  }

  /**
   * Which encoders recorders get from now on: `"native"` are those of the optional package
   * `node-av`. `"fake"` loads nothing native and records grey pictures and silence as WebM with VP8
   * and Opus, at the times and in the size of what is captured; no other type is supported then.
   */
  get encoder(): EncoderChoice {
    return this.#codecs.choice;
  }

  set encoder(choice: EncoderChoice) {
    this.#codecs.choice = choice;
  }

  /**
   * The spec objects over these devices: `navigator`, `mediaDevices`, the interfaces. Those that
   * were installed last, if any are.
   */
  get capture(): MediaCapture {
    const installed = this.#installed.at(-1);
    if (installed !== undefined) return installed.capture;
    this.#own ??= createMediaCapture({
      backends: [this.backend],
      permission: this.permission,
      clock: this.clock,
      codecs: this.#codecs,
      ids: this.ids,
      realm: { observeCall: this.observeCall },
    });
    return this.#own;
  }

  /** The `navigator` over these devices. */
  get navigator(): MediaCapture["navigator"] {
    return this.capture.navigator;
  }

  override get mediaDevices(): MediaCapture["mediaDevices"] {
    return this.capture.mediaDevices;
  }

  protected override get exposed(): readonly MediaCapture["mediaDevices"][] {
    const captures = [
      ...(this.#own ? [this.#own] : []),
      ...this.#installed.map((one) => one.capture),
    ];
    return captures.map(({ mediaDevices }) => mediaDevices);
  }

  /**
   * Gives a global object what a browser's has: `navigator.mediaDevices`, `navigator.permissions`,
   * the legacy calls, `MediaStream` and the other interfaces; a window of jsdom or happy-dom gets
   * media elements and canvases that play and capture streams, too.
   *
   * @param target - a window, or Node's `globalThis` (default), be it with a document or without
   * @returns what restores exactly that which was there
   */
  install(target: object = globalThis, { resources }: InstallOptions = {}): Uninstall {
    const { backend, clock, ids, observeCall, permission } = this;
    const codecs = this.#codecs;
    const installed = installCapture(target, {
      codecs,
      backend,
      clock,
      ids,
      observeCall,
      permission,
      resources,
    });
    this.#installed.push(installed);
    return async () => {
      const index = this.#installed.indexOf(installed);
      if (index === -1) return;
      this.#installed.splice(index, 1);
      installed.restore();
      await installed.capture.close();
      await this.#codecs.close();
    };
  }

  /** Ends everything that is captured; what is installed stays. */
  async close(): Promise<void> {
    await this.#own?.close();
    this.#own = undefined;
    await this.#codecs.close();
  }
}
