/**
 * `node-usermedia/testing`: virtual cameras, microphones and users for tests. Pure TypeScript; nothing
 * native is loaded by any of it.
 *
 * @module
 */
export { ManualClock } from "../engine/clock/manual-clock.ts";
export type { EncoderChoice } from "./encoder/test-codecs.ts";
export { color } from "./content/color.ts";
export type {
  AudioContent,
  PictureRequest,
  SampleRequest,
  VideoContent,
} from "./content/content.ts";
export { image, type ImagePixels } from "./content/image.ts";
export { soundFile } from "./content/sound-file.ts";
export { pattern } from "./content/pattern.ts";
export { silence, tone } from "./content/tone.ts";
export { videoFile, type VideoFileSize } from "./content/video-file.ts";
export type { MockAudioMode, MockVideoMode } from "./mock-mode.ts";
export type { MockCameraConfiguration, VirtualCamera } from "./virtual-camera.ts";
export { timersClock, type TimerScope } from "./timers-clock.ts";
export type { Pace } from "./pace.ts";
export { VirtualDevices } from "./virtual-devices.ts";
export type { MediaLoader, MediaRequest } from "../dom/media-loader.ts";
export type {
  InstallOptions,
  Uninstall,
  VirtualDevicesOptions,
} from "./virtual-devices-options.ts";
export type { ChosenDevice, RecordedCall } from "./call-log.ts";
export type { DeviceVerdict } from "./device-verdict.ts";
export type { MockMicrophoneConfiguration, VirtualMicrophone } from "./virtual-microphone.ts";
export type { VirtualPermission } from "./virtual-permission.ts";
export type { MockOutputConfiguration, PlayedSound, VirtualOutput } from "./virtual-output.ts";
