/**
 * `node-usermedia/backend`: where devices come from. For a program that chooses its devices in code
 * (files, synthetic devices, this machine's), or that brings a backend of its own.
 *
 * ```ts
 * import { createMediaCapture, fileDevices } from "node-usermedia/backend";
 * import { createPermissionBroker } from "node-usermedia/permissions";
 *
 * const capture = createMediaCapture({
 *   backends: [fileDevices(["clip.mp4"])],
 *   permission: createPermissionBroker(),
 * });
 * const stream = await capture.navigator.mediaDevices.getUserMedia({ video: true });
 * // …
 * await capture.close();
 * ```
 *
 * @module
 */
export { createMediaCapture } from "./world/create-media-capture.ts";
export type { MediaCapture, MediaCaptureOptions } from "./world/create-media-capture.ts";
export { defaultBackends, syntheticDevices } from "./world/default-backends.ts";
export type { DefaultBackends } from "./world/default-backends.ts";
export { fileDevices } from "./world/file-devices.ts";
export { DeviceError } from "./contract/device-error.ts";
export type { DeviceErrorCode } from "./contract/device-error.ts";
export type {
  AudioMode,
  Backend,
  CameraDescription,
  DeviceConfiguration,
  ChoiceOptions,
  DesktopChoice,
  DeviceDescription,
  DeviceKind,
  DisplayDescription,
  ListingProblem,
  MicrophoneDescription,
  SystemAudioDescription,
  VideoMode,
} from "./contract/device.ts";
export type {
  OutputDescription,
  PlaybackConfiguration,
  PlaybackEvents,
  PlaybackSession,
} from "./contract/output.ts";
export type { DeviceEvents, DeviceSession, LostFrames } from "./contract/session.ts";
export type { ErrorEventConstructor, PolicyFeature, RealmOptions } from "./web/realm/realm.ts";
export type { ExtendNavigatorOptions } from "./web/media-devices/extend-navigator.ts";
export type { InterfaceClass } from "./webidl/intrinsics.ts";
export type { FileBackendOptions } from "./backends/file/file-backend.ts";
export type {
  CodecService,
  EncoderEvents,
  EncoderSession,
  FrameEncoder,
  LeftOut,
} from "./contract/encoder.ts";
export type {
  AudioEncoderConfig,
  BesideConfig,
  EncodedChunk,
  EncoderConfig,
  PackedPixelFormat,
  PictureView,
  PixelConfig,
  VideoEncoderConfig,
} from "./media/encoding.ts";
export type { SoundProcessing } from "./media/sound-processing.ts";
export type { Clock, Device, OutputDevice, OutputPool } from "./engine/contract.ts";
