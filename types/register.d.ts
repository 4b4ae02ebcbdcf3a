/**
 * The types of `import "node-usermedia/register"`: the globals that it defines.
 *
 * Where the program's `lib` has the DOM, each global keeps the type that lib.dom gives it, and
 * `navigator` gets the three names of the legacy call. What lib.dom doesn't know has the type of this
 * package, as everything has where there is no lib.dom.
 *
 * `onmessage` tells the two apart, as in `@types/node`: lib.dom alone declares it.
 */
import type * as usermedia from "../dist/index.js";

interface Nothing {}

type Unless<Name extends string, Ours> = typeof globalThis extends { onmessage: unknown } & {
  [Key in Name]: unknown;
}
  ? Nothing
  : Ours;

interface LegacyNavigator {
  /**
   * Asks the user for a camera, a microphone or both, and calls one of the callbacks later.
   * @see https://w3c.github.io/mediacapture-main/#dom-navigator-getusermedia
   */
  getUserMedia(
    constraints: usermedia.MediaStreamConstraints,
    successCallback: (stream: MediaStream) => void,
    errorCallback: (error: DOMException) => void,
  ): void;
  /** {@link getUserMedia} by the name that Chrome, Opera and Safari gave it. */
  webkitGetUserMedia(
    constraints: usermedia.MediaStreamConstraints,
    successCallback: (stream: MediaStream) => void,
    errorCallback: (error: DOMException) => void,
  ): void;
  /** {@link getUserMedia} by the name that Firefox gave it. */
  mozGetUserMedia(
    constraints: usermedia.MediaStreamConstraints,
    successCallback: (stream: MediaStream) => void,
    errorCallback: (error: DOMException) => void,
  ): void;
}

interface NavigatorMedia {
  readonly mediaDevices: MediaDevices;
  readonly permissions: Permissions;
}

type _BlobEvent = Unless<"BlobEvent", usermedia.BlobEvent>;
type _MediaDeviceInfo = Unless<"MediaDeviceInfo", usermedia.MediaDeviceInfo>;
type _InputDeviceInfo = Unless<"InputDeviceInfo", usermedia.InputDeviceInfo>;
type _MediaDevices = Unless<"MediaDevices", usermedia.MediaDevices>;
type _MediaStream = Unless<"MediaStream", usermedia.MediaStream>;
type _MediaStreamTrack = Unless<"MediaStreamTrack", usermedia.MediaStreamTrack>;
type _MediaStreamTrackEvent = Unless<"MediaStreamTrackEvent", usermedia.MediaStreamTrackEvent>;
type _MediaRecorder = Unless<"MediaRecorder", usermedia.MediaRecorder>;
type _ImageCapture = Unless<"ImageCapture", usermedia.ImageCapture>;
type _OverconstrainedError = Unless<"OverconstrainedError", usermedia.OverconstrainedError>;
type _Permissions = Unless<"Permissions", usermedia.Permissions>;
type _PermissionStatus = Unless<"PermissionStatus", usermedia.PermissionStatus>;
type _DisplayMediaStreamOptions = Unless<"MediaStream", usermedia.DisplayMediaStreamOptions>;
type _MediaRecorderOptions = Unless<"MediaStream", usermedia.MediaRecorderOptions>;
type _MediaStreamConstraints = Unless<"MediaStream", usermedia.MediaStreamConstraints>;
type _MediaTrackCapabilities = Unless<"MediaStream", usermedia.MediaTrackCapabilities>;
type _MediaTrackConstraints = Unless<"MediaStream", usermedia.MediaTrackConstraints>;
type _MediaTrackConstraintSet = Unless<"MediaStream", usermedia.MediaTrackConstraintSet>;
type _MediaTrackSettings = Unless<"MediaStream", usermedia.MediaTrackSettings>;
type _MediaTrackSupportedConstraints = Unless<"MediaStream", usermedia.MediaTrackSupportedConstraints>;
type _PhotoCapabilities = Unless<"MediaStream", usermedia.PhotoCapabilities>;
type _PhotoSettings = Unless<"MediaStream", usermedia.PhotoSettings>;
type _NavigatorMedia = Unless<"MediaStream", NavigatorMedia>;

declare global {
  var Audio: typeof globalThis extends { onmessage: unknown; Audio: infer T }
    ? T
    : typeof usermedia.Audio;
  interface BlobEvent extends _BlobEvent {}
  var BlobEvent: typeof globalThis extends { onmessage: unknown; BlobEvent: infer T }
    ? T
    : typeof usermedia.BlobEvent;
  interface CaptureController extends usermedia.CaptureController {}
  var CaptureController: typeof usermedia.CaptureController;
  interface DeviceChangeEvent extends usermedia.DeviceChangeEvent {}
  var DeviceChangeEvent: typeof usermedia.DeviceChangeEvent;
  interface MediaDeviceInfo extends _MediaDeviceInfo {}
  var MediaDeviceInfo: typeof globalThis extends { onmessage: unknown; MediaDeviceInfo: infer T }
    ? T
    : typeof usermedia.MediaDeviceInfo;
  interface InputDeviceInfo extends _InputDeviceInfo {}
  var InputDeviceInfo: typeof globalThis extends { onmessage: unknown; InputDeviceInfo: infer T }
    ? T
    : typeof usermedia.InputDeviceInfo;
  interface MediaDevices extends _MediaDevices {}
  var MediaDevices: typeof globalThis extends { onmessage: unknown; MediaDevices: infer T }
    ? T
    : typeof usermedia.MediaDevices;
  interface MediaStream extends _MediaStream {}
  var MediaStream: typeof globalThis extends { onmessage: unknown; MediaStream: infer T }
    ? T
    : typeof usermedia.MediaStream;
  interface MediaStreamTrack extends _MediaStreamTrack {}
  var MediaStreamTrack: typeof globalThis extends { onmessage: unknown; MediaStreamTrack: infer T }
    ? T
    : typeof usermedia.MediaStreamTrack;
  interface MediaStreamTrackAudioStats extends usermedia.MediaStreamTrackAudioStats {}
  var MediaStreamTrackAudioStats: typeof usermedia.MediaStreamTrackAudioStats;
  interface MediaStreamTrackVideoStats extends usermedia.MediaStreamTrackVideoStats {}
  var MediaStreamTrackVideoStats: typeof usermedia.MediaStreamTrackVideoStats;
  interface MediaStreamTrackEvent extends _MediaStreamTrackEvent {}
  var MediaStreamTrackEvent: typeof globalThis extends { onmessage: unknown; MediaStreamTrackEvent: infer T }
    ? T
    : typeof usermedia.MediaStreamTrackEvent;
  interface MediaRecorder extends _MediaRecorder {}
  var MediaRecorder: typeof globalThis extends { onmessage: unknown; MediaRecorder: infer T }
    ? T
    : typeof usermedia.MediaRecorder;
  interface ImageCapture extends _ImageCapture {}
  // lib.dom has it, and `cookieStore`, since TypeScript 5.9: in an older one, the test of
  // `cookieStore` keeps the declaration from referring to itself.
  var ImageCapture: typeof globalThis extends { cookieStore: unknown; ImageCapture: infer T }
    ? T
    : typeof usermedia.ImageCapture;
  var MediaStreamTrackProcessor: typeof usermedia.MediaStreamTrackProcessor;
  var MediaStreamTrackGenerator: typeof usermedia.MediaStreamTrackGenerator;
  interface VideoTrackGenerator extends usermedia.VideoTrackGenerator {}
  var VideoTrackGenerator: typeof usermedia.VideoTrackGenerator;
  interface OverconstrainedError extends _OverconstrainedError {}
  var OverconstrainedError: typeof globalThis extends { onmessage: unknown; OverconstrainedError: infer T }
    ? T
    : typeof usermedia.OverconstrainedError;
  interface Permissions extends _Permissions {}
  var Permissions: typeof globalThis extends { onmessage: unknown; Permissions: infer T }
    ? T
    : typeof usermedia.Permissions;
  interface PermissionStatus extends _PermissionStatus {}
  var PermissionStatus: typeof globalThis extends { onmessage: unknown; PermissionStatus: infer T }
    ? T
    : typeof usermedia.PermissionStatus;

  interface DisplayMediaStreamOptions extends _DisplayMediaStreamOptions {}
  interface MediaRecorderOptions extends _MediaRecorderOptions {}
  interface MediaStreamConstraints extends _MediaStreamConstraints {}
  interface MediaTrackCapabilities extends _MediaTrackCapabilities {}
  interface MediaTrackConstraints extends _MediaTrackConstraints {}
  interface MediaTrackConstraintSet extends _MediaTrackConstraintSet {}
  interface MediaTrackSettings extends _MediaTrackSettings {}
  interface MediaTrackSupportedConstraints extends _MediaTrackSupportedConstraints {}
  interface PhotoCapabilities extends _PhotoCapabilities {}
  interface PhotoSettings extends _PhotoSettings {}

  interface Navigator extends _NavigatorMedia, LegacyNavigator {}
  var navigator: typeof globalThis extends { onmessage: unknown; navigator: infer T }
    ? T
    : Navigator;
}
