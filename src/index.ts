/**
 * The Web's camera and microphone API for Node.js.
 *
 * ```ts
 * import { navigator } from "node-usermedia";
 *
 * const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
 * ```
 *
 * Importing it opens nothing, asks nothing and changes no global; `node-usermedia/register` is what
 * puts `navigator` and the interfaces on `globalThis`.
 *
 * @module
 */
import { defaultMediaCapture, defaultNavigator } from "./world/default-media-capture.ts";
import { installLegacy as installLegacyIn } from "./legacy/install-legacy.ts";
import type { LegacyOptions, LegacyScope } from "./legacy/scope.ts";
import type {
  PermissionName,
  PermissionRequestHandler,
  RunningCapture,
} from "./permission/contract.ts";
import { MediaStreamTrack } from "./web/track/media-stream-track.ts";
import { MediaStream } from "./web/stream/media-stream.ts";
import { navigatorBrand } from "./web/media-devices/navigator.ts";
import type { Navigator } from "./web/media-devices/navigator.ts";

/** The `navigator` of this program: its machine's cameras, microphones and displays. */
export const navigator: Navigator = defaultNavigator;

/**
 * Answers permission requests in code, before any prompt; `undefined` takes the handler away. A
 * handler that answers `undefined` hands the question on.
 */
export function setPermissionRequestHandler(handler: PermissionRequestHandler | undefined): void {
  defaultMediaCapture().permission.setPermissionRequestHandler?.(handler);
}

/**
 * Takes back what was granted to this program: everything, or one kind. What is captured with it
 * ends at once, with `ended` on its tracks, and the next call asks again. For the answers of other
 * programs, see `revokePermissions()` of `node-usermedia/permissions`.
 */
export async function revokeOwnPermission(name?: PermissionName): Promise<void> {
  await defaultMediaCapture().permission.revoke?.(name);
}

/**
 * Calls `listener` whenever a capture of this program starts or ends, with all that run then: for
 * a program that draws an indicator of its own. Returns what stops it.
 */
export function watchCaptures(listener: (captures: readonly RunningCapture[]) => void): () => void {
  return defaultMediaCapture().permission.watchCaptures?.(listener) ?? (() => undefined);
}

/**
 * Makes `navigator` do as the browsers of 2012 to 2016 did, for code that was written for them: old
 * constraint dialects, old error names, old members of streams and media elements.
 *
 * @param window - a window of jsdom or happy-dom that has media capture (`node-usermedia/dom`). Default:
 * this program's own `navigator`, after `node-usermedia/register` the global one too
 */
export function installLegacy(options: LegacyOptions, window?: LegacyScope): void {
  if (window) {
    installLegacyIn(window, options);
    return;
  }
  const registered: unknown = Reflect.get(globalThis, "navigator");
  const navigators = new Set([navigator, navigatorBrand.is(registered) ? registered : navigator]);
  for (const each of navigators) {
    const scope = { navigator: each, MediaStream, MediaStreamTrack, URL, DOMException };
    installLegacyIn(scope, options);
  }
}

export { BlobEvent } from "./web/recorder/blob-event.ts";
export type { BlobEventInit } from "./web/recorder/blob-event.ts";
export { DeviceChangeEvent } from "./web/media-devices/device-change-event.ts";
export { ImageCapture } from "./web/image-capture/image-capture.ts";
export type {
  MediaSettingsRange,
  PhotoCapabilities,
  PhotoSettings,
} from "./web/image-capture/photo-settings.ts";
export type { GrabbedPicture } from "./sinks/image-capture/grabbed-picture.ts";
export { InputDeviceInfo } from "./web/media-devices/input-device-info.ts";
export { MediaDeviceInfo } from "./web/media-devices/media-device-info.ts";
export { MediaDevices } from "./web/media-devices/media-devices.ts";
export { MediaRecorder } from "./web/recorder/media-recorder.ts";
export type { MediaRecorderEventMap } from "./web/recorder/media-recorder.ts";
export type { ErrorEvent, ErrorEventInit, RecorderErrorEvent } from "./web/recorder/error-event.ts";
export { frames, levelMeter, pcm } from "./readers/readers.ts";
export type { TrackReader } from "./readers/readers.ts";
export type { FrameBytes, FrameOptions, PixelFormat } from "./sinks/frames/frame-options.ts";
export type { Level, LevelMeter } from "./sinks/level/level-meter.ts";
export type { PcmOptions } from "./sinks/pcm/pcm-options.ts";
export { MediaStreamTrackAudioStats } from "./web/track/media-stream-track-audio-stats.ts";
export { MediaStreamTrackVideoStats } from "./web/track/media-stream-track-video-stats.ts";
export type { MediaStreamTrackStats } from "./web/track/track-stats.ts";
export { MediaStreamTrackEvent } from "./web/track/media-stream-track-event.ts";
export { MediaStreamTrackProcessor } from "./web/transform/media-stream-track-processor.ts";
export type { MediaStreamTrackProcessorInit } from "./web/transform/media-stream-track-processor.ts";
export type { TrackEndedEvent } from "./web/track/end-track.ts";
export { MediaStreamTrack } from "./web/track/media-stream-track.ts";
export type {
  MediaStreamTrackEventMap,
  MediaStreamTrackLike,
} from "./web/track/media-stream-track.ts";
export { MediaStream } from "./web/stream/media-stream.ts";
export type {
  MediaStreamAudioTrack,
  MediaStreamEventMap,
  MediaStreamLike,
  MediaStreamVideoTrack,
} from "./web/stream/media-stream.ts";
export { Navigator } from "./web/media-devices/navigator.ts";
export { OverconstrainedError } from "./web/constraints/overconstrained-error.ts";
export { PermissionStatus } from "./web/permissions/permission-status.ts";
export type { PermissionStatusEventMap } from "./web/permissions/permission-status.ts";
export type { QueryableName } from "./web/permissions/permission-names.ts";
export { Permissions } from "./web/permissions/permissions.ts";
export { PcmSource } from "./readers/pcm-source.ts";
export type { PcmSourceOptions } from "./readers/pcm-source.ts";
export { Audio } from "./web/audio/audio.ts";
export type { AudioEventMap } from "./web/audio/audio.ts";
export type { MediaError } from "./web/audio/media-error.ts";
export { RecordingFile } from "./readers/recording-file.ts";
export { MediaStreamTrackGenerator } from "./web/transform/media-stream-track-generator.ts";
export type { MediaStreamTrackGeneratorInit } from "./web/transform/media-stream-track-generator.ts";
export { VideoTrackGenerator } from "./web/transform/video-track-generator.ts";
export type { DeviceChangeEventInit } from "./web/media-devices/device-change-event.ts";
export type { MediaDeviceKind } from "./web/media-devices/media-device-info.ts";
export type {
  MediaDevicesEventMap,
  MediaStreamConstraints,
  MediaTrackSupportedConstraints,
} from "./web/media-devices/media-devices.ts";
export { CaptureController } from "./web/media-devices/capture-controller.ts";
export type { CaptureStartFocusBehavior } from "./web/media-devices/capture-controller.ts";
export type {
  DisplayMediaStreamOptions,
  DisplayPreference,
} from "./web/media-devices/display-media-options.ts";
export type { MediaRecorderOptions } from "./web/recorder/media-recorder-options.ts";
export type { MediaStreamTrackEventInit } from "./web/track/media-stream-track-event.ts";
export type {
  NavigatorUserMediaErrorCallback,
  NavigatorUserMediaSuccessCallback,
} from "./web/media-devices/navigator.ts";
export type { PermissionDescriptor } from "./web/permissions/permissions.ts";
export type {
  Constructor,
  LegacyNavigator,
  LegacyOptions,
  LegacyScope,
  ObjectUrls,
  OldDevice,
  PromiseDevices,
} from "./legacy/scope.ts";
export type {
  CapabilityChoices,
  CapabilityRange,
  ConstrainBoolean,
  ConstrainBooleanOrDOMString,
  ConstrainBooleanOrDOMStringParameters,
  ConstrainBooleanOrNumber,
  ConstrainBooleanParameters,
  ConstrainDOMString,
  ConstrainDOMStringParameters,
  ConstrainNumber,
  ConstrainNumberRange,
  ConstrainPoint2D,
  ConstrainPoint2DParameters,
  EchoCancellationConstraint,
  MediaTrackCapabilities,
  MediaTrackConstraints,
  MediaTrackConstraintSet,
  MediaTrackSettings,
  NumberRange,
  Point2D,
} from "./constraints/types.ts";
export type {
  HandledPermissionRequest,
  OtherPermission,
  PermissionName,
  PermissionRequestHandler,
  PermissionState,
  RequestedDevice,
  RequestedKind,
  RunningCapture,
} from "./permission/contract.ts";
export { AudioData } from "./media/audio-data.ts";
export type { AudioDataCopyToOptions, AudioDataInit } from "./media/audio-data.ts";
export type { AudioSampleFormat } from "./media/samples/audio-sample-format.ts";
export type { AllowSharedBufferSource } from "./media/buffer-source.ts";
export type { DOMRectInit, DOMRectReadOnly } from "./media/dom-rect.ts";
export type { CanvasImageSource, CanvasPixelReader } from "./media/painted-on.ts";
export type { PlaneLayout } from "./media/pixels/plane-layout.ts";
export type { SharedBytes } from "./media/shared-bytes.ts";
export type {
  VideoColorPrimaries,
  VideoColorSpace,
  VideoColorSpaceInit,
  VideoMatrixCoefficients,
  VideoTransferCharacteristics,
} from "./media/video-color-space.ts";
export { VideoFrame } from "./media/video-frame.ts";
export type {
  VideoFrameBufferInit,
  VideoFrameCopyToOptions,
  VideoFrameInit,
} from "./media/video-frame-init.ts";
export type { VideoPixelFormat } from "./media/pixels/video-pixel-format.ts";
export type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "./webidl/event-handler.ts";
