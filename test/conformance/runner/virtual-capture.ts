import type { DOMWindow } from "jsdom";
import { SyntheticBackend } from "../../../src/backends/synthetic/index.ts";
import { installMediaCapture } from "../../../src/dom/index.ts";
import { systemClock } from "../../../src/engine/index.ts";
import type { PermissionBroker } from "../../../src/permission/contract.ts";

export interface VirtualCaptureOptions {
  readonly permission: PermissionBroker;
  readonly permissionsPolicy: string;
}

/** Gives a page's window the devices that browsers run these tests with: fake ones. */
export function installVirtualCapture(
  window: DOMWindow,
  options: VirtualCaptureOptions,
): { close(): Promise<void> } {
  const backend = new SyntheticBackend({ clock: systemClock, needsPermission: true });
  return installMediaCapture(window, { backends: [backend], clock: systemClock, ...options });
}
