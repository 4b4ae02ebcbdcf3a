import type { CodecService } from "../contract/encoder.ts";
import type { FileService } from "../contract/media-file.ts";
import { CaptureCodecService } from "../capture-process/program/codec-service.ts";
import { CaptureFileService } from "../capture-process/program/file-service.ts";
import { createMediaCapture } from "../world/create-media-capture.ts";
import type { MediaCapture, MediaCaptureOptions } from "../world/create-media-capture.ts";
import type { Clock } from "../engine/contract.ts";
import type { CaptureCall } from "../web/realm/observe-call.ts";
import { installBlobUrls } from "./blob-urls.ts";
import { canvasCaptureInterface } from "./canvas/canvas-capture-media-stream-track.ts";
import { installCanvas } from "./canvas/install-canvas.ts";
import type { DomWindow } from "./dom-window.ts";
import { installMediaElements } from "./media-element/install-media-elements.ts";
import { MediaResources } from "./media-element/media-resources.ts";
import type { MediaLoader } from "./media-loader.ts";
import { permissionsPolicy } from "./permissions-policy.ts";
import { registerRealm } from "./transfer-track.ts";
import { createWindowFrames } from "./window-frames.ts";
import { windowRealm } from "./window-realm.ts";

/** What a window's media capture is built from, without defaults. */
export interface WindowParts extends Pick<
  MediaCaptureOptions,
  "backends" | "fallback" | "ids" | "notFoundAdvice" | "permission"
> {
  readonly clock: Clock;
  /** Default: a capture process, when one is needed. */
  readonly codecs?: CodecService | undefined;
  readonly permissionsPolicy?: string | undefined;
  /** Reads media files. Default: a capture process, when one is needed. */
  readonly files?: FileService;
  /** How media files outside the program are had. Default: they are left to the window. */
  readonly load?: MediaLoader | undefined;
  /** Told of each call that the window's scripts make. */
  readonly observeCall?: (call: CaptureCall) => void;
}

/** Builds a window's media capture of given parts, and puts it in. */
export function installInWindow(window: DomWindow, parts: WindowParts): MediaCapture {
  const { clock, load, observeCall, permissionsPolicy: header = "", ...rest } = parts;
  const ownCodecs = parts.codecs ? undefined : new CaptureCodecService();
  const codecs = parts.codecs ?? ownCodecs;
  const options = windowRealm(window, permissionsPolicy(window, header));
  // Unless the window has WebCodecs of its own.
  const frames = "VideoFrame" in window ? undefined : createWindowFrames(options);
  const capture = createMediaCapture({
    backends: rest.backends,
    ...(rest.fallback ? { fallback: rest.fallback } : {}),
    ...(rest.notFoundAdvice !== undefined && { notFoundAdvice: rest.notFoundAdvice }),
    permission: rest.permission,
    ids: rest.ids,
    clock,
    ...(codecs ? { codecs } : {}),
    realm: {
      ...options,
      ...(frames && { adoptFrame: frames.adopt }),
      ...(observeCall ? { observeCall } : {}),
    },
    interfaces: [canvasCaptureInterface],
  });
  for (const [name, value] of Object.entries({
    ...(frames && { VideoFrame: frames.VideoFrame, AudioData: frames.AudioData }),
    ...capture.interfaces,
  })) {
    Object.defineProperty(window, name, { value, writable: true, configurable: true });
  }
  // Libraries take a window that has `mozGetUserMedia` for Firefox, and rename constraints for it.
  capture.extendNavigator(window.navigator, { prefixedNames: false });
  bringStreams(window);
  const { realm } = capture;
  registerRealm(window, realm);
  const ownFiles = new CaptureFileService();
  const { files = ownFiles } = parts;
  const blobs = installBlobUrls(window, realm);
  const resources = new MediaResources({ files, blobs, load, origin: window.location.origin });
  const elements = installMediaElements(window, { realm, clock, resources });
  installCanvas(window, { realm, clock, codecs, playerOf: elements.playerOf });
  return {
    ...capture,
    async close() {
      elements.close();
      await capture.close();
      await ownFiles.close();
      await ownCodecs?.close();
    },
  };
}

/**
 * Node's streams for a window without, as jsdom's are: what `MediaStreamTrackProcessor` gives. By
 * `getBuiltinModule()`, since in Jest's jsdom environment the window is the global object.
 */
function bringStreams(window: DomWindow): void {
  for (const name of ["ReadableStream", "TransformStream", "WritableStream"] as const) {
    if (name in window) continue;
    const value = process.getBuiltinModule("node:stream/web")[name];
    Object.defineProperty(window, name, { value, writable: true, configurable: true });
  }
}
