import type { Backend } from "../contract/device.ts";
import type { CodecService } from "../contract/encoder.ts";
import type { MediaCapture } from "../world/create-media-capture.ts";
import { defaultBackends } from "../world/default-backends.ts";
import type { Clock } from "../engine/contract.ts";
import { systemClock } from "../engine/clock/system-clock.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import { createPermissionBroker } from "../permission/create-permission-broker.ts";
import type { DomWindow } from "./dom-window.ts";
import { installInWindow } from "./install-in-window.ts";
import { loaderFor, type MediaLoader } from "./media-loader.ts";

/** What a window's media capture is built from. */
export interface InstallOptions {
  /** Where devices come from. Default: what this machine has, as in `import "node-usermedia"`. */
  readonly backends?: readonly Backend[];
  /** Default: the user is asked as in `import "node-usermedia"`. */
  readonly permission?: PermissionBroker;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
  /** Encoders for frames that are in the program. Default: a capture process, when one is needed. */
  readonly codecs?: CodecService;
  /** The document's `Permissions-Policy` header. Default: none, so it may use everything. */
  readonly permissionsPolicy?: string;
  /**
   * Whether media elements play files outside the program: `"usable"` has them loaded from http(s)
   * addresses by the window's own means, and read from file: addresses; a function loads them
   * itself. Default: elements play streams, and files at blob: and data: addresses.
   */
  readonly resources?: "usable" | MediaLoader;
}

/**
 * Gives a window of jsdom or happy-dom what a browser's has: `navigator.mediaDevices`,
 * `MediaStream` and the other interfaces, media elements that play streams and files, canvases that draw
 * their video and can be captured. What they throw, return and inherit from is the window's own.
 *
 * Each window gets an instance of its own: call it for frames, too, before their scripts run.
 *
 * @example
 * ```ts
 * const { window } = new JSDOM("<video autoplay></video>", { runScripts: "dangerously" });
 * const capture = installMediaCapture(window);
 * // … the page's scripts call navigator.mediaDevices.getUserMedia()
 * await capture.close();
 * ```
 *
 * @returns the instance; `close()` stops its devices, and closes the backends unless they were given
 */
export function installMediaCapture(window: DomWindow, options: InstallOptions = {}): MediaCapture {
  const { backends, clock = systemClock, permission = createPermissionBroker() } = options;
  const own = backends ? undefined : defaultBackends();
  const capture = installInWindow(window, {
    ...(own ?? { backends: backends ?? [] }),
    clock,
    permission,
    codecs: options.codecs,
    permissionsPolicy: options.permissionsPolicy,
    load: loaderFor(window, options.resources),
  });
  return {
    ...capture,
    async close() {
      await capture.close();
      await Promise.all(own?.backends.map((backend) => backend.close?.()) ?? []);
    },
  };
}
