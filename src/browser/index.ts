/**
 * What `import "node-usermedia"` is in a browser: a shim over the browser's own devices. It adds the
 * three-argument `navigator.getUserMedia` and its prefixed names where they are missing, and the
 * promise form where only a prefixed call is there. What works is never replaced.
 *
 * @module
 */
import { installLegacy as installLegacyIn } from "../legacy/install-legacy.ts";
import type { LegacyOptions, LegacyScope } from "../legacy/scope.ts";
import { addPromiseForm } from "./add-promise-form.ts";

const scope = globalThis as unknown as LegacyScope;

addPromiseForm(globalThis.navigator);
installLegacyIn(scope);

/**
 * Makes pages of 2012 to 2016 work: old error names, constraint dialects and members of streams.
 *
 * @see docs/legacy.md for what each is and which browser had it
 */
export function installLegacy(options: LegacyOptions): void {
  installLegacyIn(scope, options);
}

/** What a browser may lack is undefined there, as the global is. */
export const {
  navigator,
  Audio,
  AudioData,
  BlobEvent,
  ImageCapture,
  InputDeviceInfo,
  MediaDeviceInfo,
  MediaDevices,
  MediaRecorder,
  MediaStream,
  MediaStreamTrack,
  MediaStreamTrackEvent,
  Navigator,
  OverconstrainedError,
  PermissionStatus,
  Permissions,
  VideoFrame,
} = globalThis as typeof globalThis & { readonly ImageCapture: unknown };
export const {
  CaptureController,
  DeviceChangeEvent,
  MediaStreamTrackAudioStats,
  MediaStreamTrackGenerator,
  MediaStreamTrackProcessor,
  MediaStreamTrackVideoStats,
  VideoTrackGenerator,
} = globalThis as unknown as Readonly<Record<string, unknown>>;

/** @throws Error always: this is for programs in Node. */
export const pcm = onlyInNode("pcm");
/** @throws Error always: this is for programs in Node. */
export const frames = onlyInNode("frames");
/** @throws Error always: this is for programs in Node. */
export const levelMeter = onlyInNode("levelMeter");
/** @throws Error always: this is for programs in Node. */
export const PcmSource = onlyInNode("PcmSource");
/** @throws Error always: this is for programs in Node. */
export const watchCaptures = onlyInNode("watchCaptures");
/** @throws Error always: this is for programs in Node. */
export const setPermissionRequestHandler = onlyInNode("setPermissionRequestHandler");
/** @throws Error always: this is for programs in Node. */
export const revokeOwnPermission = onlyInNode("revokeOwnPermission");

/** Opens files in Node only. */
export const RecordingFile = { open: onlyInNode("RecordingFile.open") };

function onlyInNode(name: string): () => never {
  // A constructor too, unlike an arrow.
  return function () {
    throw new Error(`${name} of node-usermedia works in Node.js only; this is a browser.`);
  };
}

export type { LegacyOptions };
