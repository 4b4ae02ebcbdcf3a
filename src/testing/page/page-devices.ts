import { BackendCatalogue } from "../../engine/catalogue/device-catalogue.ts";
import { DeviceSourcePool } from "../../engine/source/source-pool.ts";
import { createWorld, type World } from "../../web/create-world.ts";
import type {
  MediaDevices,
  MediaStreamConstraints,
} from "../../web/media-devices/media-devices.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import { VirtualDeviceSet } from "../virtual-device-set.ts";
import { RestorePoint } from "../restore-point.ts";
import { timersClock } from "../timers-clock.ts";
import type { Uninstall, VirtualDevicesOptions } from "../virtual-devices-options.ts";
import { nativeStream } from "./native-stream.ts";
import type { NativeStream, PageWindow } from "./page-window.ts";

/** Interfaces that the page gets from us; streams and tracks are the browser's own. */
const INTERFACES = ["MediaDevices", "MediaDeviceInfo", "InputDeviceInfo", "OverconstrainedError"];

/** Permissions that the test's user decides on; others are the browser's. */
const OURS = ["camera", "microphone", "display-capture"];

type Request = (constraints?: MediaStreamConstraints) => Promise<NativeStream>;

/**
 * `VirtualDevices` in a page of a real browser: the same devices, permission and choice, with
 * streams that are the browser's own.
 */
export class PageDevices extends VirtualDeviceSet {
  readonly #world: World;

  constructor({ clock = timersClock() }: VirtualDevicesOptions = {}) {
    super(clock);
    const sources = new DeviceSourcePool([this.backend], { clock, codecs: undefined });
    const { ids, observeCall, permission } = this;
    const reportException = (error: unknown): void => reportError(error);
    // As in the windows of jsdom: labels are told after a capture.
    const realm = { clock, observeCall, reportException, listsPermittedDevices: false };
    const catalogue = new BackendCatalogue([this.backend], clock);
    this.#world = createWorld({ catalogue, ids, sources, permission, realm });
  }

  override get mediaDevices(): MediaDevices {
    return this.#world.mediaDevices;
  }

  protected override get exposed(): readonly MediaDevices[] {
    return [this.#world.mediaDevices];
  }

  /** Puts the devices into the page. @returns what restores exactly that which was there */
  install(target: object = globalThis): Uninstall {
    const window = target as PageWindow;
    const { navigator } = window;
    const permissions = navigator.permissions;
    const changed = [window, navigator, this.mediaDevices, ...(permissions ? [permissions] : [])];
    const point = new RestorePoint(changed);
    this.#installDevices(window);
    if (permissions !== undefined) {
      const query = permissions.query.bind(permissions);
      define(permissions, "query", (descriptor: { name: never }) =>
        OURS.includes(descriptor?.name)
          ? this.#world.permissions.query(descriptor)
          : query(descriptor),
      );
    }
    point.mark();
    return async () => {
      point.restore();
      this.#world.close();
    };
  }

  #installDevices(window: PageWindow): void {
    const { mediaDevices } = this;
    const wrap = (method: "getUserMedia" | "getDisplayMedia"): Request => {
      const own = mediaDevices[method].bind(mediaDevices) as (
        constraints?: MediaStreamConstraints,
      ) => Promise<MediaStream>;
      return async (constraints) => nativeStream(window, await own(constraints));
    };
    const getUserMedia = wrap("getUserMedia");
    define(mediaDevices, "getUserMedia", getUserMedia);
    define(mediaDevices, "getDisplayMedia", wrap("getDisplayMedia"));
    define(window.navigator, "mediaDevices", mediaDevices);
    for (const name of ["getUserMedia", "webkitGetUserMedia"]) {
      const legacy = (
        constraints: MediaStreamConstraints,
        success: (stream: NativeStream) => void,
        failure: (error: unknown) => void,
      ): void => void getUserMedia(constraints).then(success, failure);
      define(window.navigator, name, legacy);
    }
    for (const name of INTERFACES) define(window, name, this.#world.interfaces[name]);
  }
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
}

declare function reportError(error: unknown): void;
