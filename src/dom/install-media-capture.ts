import type { Backend, CodecService } from "../backends/contract.ts";
import { CaptureCodecService } from "../capture-process/codec-service.ts";
import { createMediaCapture } from "../create-media-capture.ts";
import type { MediaCapture } from "../create-media-capture.ts";
import { defaultBackends } from "../default-backends.ts";
import type { Clock } from "../engine/contract.ts";
import { systemClock } from "../engine/index.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import { createPermissionBroker } from "../permission/create-permission-broker.ts";
import { canvasCaptureInterface } from "./canvas/canvas-capture-media-stream-track.ts";
import { installCanvas } from "./canvas/install-canvas.ts";
import type { DomWindow } from "./dom-window.ts";
import { installMediaElements } from "./media-element/install-media-elements.ts";
import { permissionsPolicy } from "./permissions-policy.ts";
import type { CaptureCall } from "../web/observe-call.ts";
import { windowRealm } from "./window-realm.ts";

/** What a window's media capture is built from. */
export interface InstallOptions {
  /** Where devices come from. Default: what this machine has, as in `import "usermedia"`. */
  readonly backends?: readonly Backend[];
  /** Default: the user is asked as in `import "usermedia"`. */
  readonly permission?: PermissionBroker;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
  /** Encoders for frames that are in the program. Default: a capture process, when one is needed. */
  readonly codecs?: CodecService;
  /** The document's `Permissions-Policy` header. Default: none, so it may use everything. */
  readonly permissionsPolicy?: string;
  /** Told of each call that the window's scripts make. */
  readonly observeCall?: (call: CaptureCall) => void;
}

/**
 * Gives a window of jsdom or happy-dom what a browser's has: `navigator.mediaDevices`,
 * `MediaStream` and the other interfaces, media elements that play streams, canvases that draw
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
 * @returns the instance; `close()` stops its devices
 */
export function installMediaCapture(window: DomWindow, options: InstallOptions = {}): MediaCapture {
  const { clock = systemClock, permission = createPermissionBroker() } = options;
  const ownCodecs = options.codecs ? undefined : new CaptureCodecService();
  const codecs = options.codecs ?? ownCodecs;
  const policy = permissionsPolicy(window, options.permissionsPolicy ?? "");
  const capture = createMediaCapture({
    ...(options.backends ? { backends: options.backends } : defaultBackends()),
    permission,
    clock,
    ...(codecs ? { codecs } : {}),
    realm: {
      ...windowRealm(window, policy),
      ...(options.observeCall ? { observeCall: options.observeCall } : {}),
    },
    interfaces: [canvasCaptureInterface],
  });
  for (const [name, value] of Object.entries(capture.interfaces)) {
    Object.defineProperty(window, name, { value, writable: true, configurable: true });
  }
  capture.extendNavigator(window.navigator);
  const { realm } = capture;
  const playerOf = installMediaElements(window, { realm, clock });
  installCanvas(window, { realm, clock, codecs, playerOf });
  return {
    ...capture,
    async close() {
      await capture.close();
      await ownCodecs?.close();
    },
  };
}
