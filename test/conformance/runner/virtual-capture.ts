import type { DOMWindow } from "jsdom";
import { SyntheticBackend } from "../../../src/backends/synthetic/index.ts";
import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import { installMediaCapture, type MediaRequest } from "../../../src/dom/index.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import { addAudioContext } from "./audio-context.ts";
import { addWorkers } from "./dedicated-worker.ts";
import { addFrameMessages } from "./frame-messages.ts";
import type { addPeerConnection as AddPeerConnection } from "./peer-connection.ts";
import type { Respond } from "./respond.ts";
import { VirtualCamera } from "./virtual-camera.ts";
import { VirtualDisplay } from "./virtual-display.ts";
import type { PermissionBroker } from "../../../src/permission/contract.ts";

export interface VirtualCaptureOptions {
  readonly permission: PermissionBroker;
  readonly permissionsPolicy: string;
  /** Answers requests for media files and workers' scripts. */
  readonly respond: Respond;
  /** For pages that connect. */
  readonly addPeerConnection: typeof AddPeerConnection | undefined;
}

/** Gives a page's window the devices that browsers run these tests with: fake ones. */
export function installVirtualCapture(
  window: DOMWindow,
  options: VirtualCaptureOptions,
): MediaCapture {
  const clock = systemClock;
  const synthetic = new VirtualCamera(new SyntheticBackend({ clock, needsPermission: true }));
  const backends = [synthetic, new VirtualDisplay(new SyntheticBackend({ clock }))];
  const resources = async ({ url }: MediaRequest): Promise<Response> => {
    const { body, headers, status } = options.respond(url);
    return new Response(new Uint8Array(body), { headers, status });
  };
  const capture = installMediaCapture(window, { backends, resources, ...options });
  const { realm } = capture;
  addAudioContext(window, realm);
  addFrameMessages(window, realm);
  addWorkers(window, options.respond, capture);
  options.addPeerConnection?.(window, realm);
  return capture;
}
