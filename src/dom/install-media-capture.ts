import type { Backend } from "../backends/contract.ts";
import { createMediaCapture } from "../create-media-capture.ts";
import type { MediaCapture } from "../create-media-capture.ts";
import type { Clock } from "../engine/contract.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import type { DomWindow } from "./dom-window.ts";
import { installMediaElements } from "./media-element/install-media-elements.ts";
import { permissionsPolicy } from "./permissions-policy.ts";
import { windowRealm } from "./window-realm.ts";

/** What a window's media capture is built from. */
export interface InstallOptions {
  readonly backends: readonly Backend[];
  readonly permission: PermissionBroker;
  readonly clock: Clock;
  /** The document's `Permissions-Policy` header. Default: none, so it may use everything. */
  readonly permissionsPolicy?: string;
}

/**
 * Gives a window of jsdom or happy-dom what a browser's has: `navigator.mediaDevices`,
 * `MediaStream` and the other interfaces, and media elements that play streams. What they throw,
 * return and inherit from is the window's own.
 *
 * Each window gets an instance of its own: call it for frames, too, before their scripts run.
 *
 * @returns the instance; `close()` stops its devices
 */
export function installMediaCapture(window: DomWindow, options: InstallOptions): MediaCapture {
  const { clock } = options;
  const policy = permissionsPolicy(window, options.permissionsPolicy ?? "");
  const capture = createMediaCapture({ ...options, realm: windowRealm(window, policy) });
  for (const [name, value] of Object.entries(capture.interfaces)) {
    Object.defineProperty(window, name, { value, writable: true, configurable: true });
  }
  capture.extendNavigator(window.navigator);
  installMediaElements(window, { realm: capture.realm, clock });
  return capture;
}
