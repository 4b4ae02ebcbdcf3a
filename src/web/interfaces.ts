import type { Interface } from "../webidl/install-members.ts";
import { blobEventInterface } from "./recorder/blob-event.ts";
import { captureControllerInterface } from "./media-devices/capture-controller.ts";
import { deviceChangeEventInterface } from "./media-devices/device-change-event.ts";
import { imageCaptureInterface } from "./image-capture/image-capture.ts";
import { inputDeviceInfoInterface } from "./media-devices/input-device-info.ts";
import { mediaDeviceInfoInterface } from "./media-devices/media-device-info.ts";
import { mediaDevicesInterface } from "./media-devices/media-devices.ts";
import { mediaRecorderInterface } from "./recorder/media-recorder.ts";
import { mediaStreamTrackAudioStatsInterface } from "./track/media-stream-track-audio-stats.ts";
import { mediaStreamTrackEventInterface } from "./track/media-stream-track-event.ts";
import { mediaStreamTrackGeneratorInterface } from "./transform/media-stream-track-generator.ts";
import { mediaStreamTrackProcessorInterface } from "./transform/media-stream-track-processor.ts";
import { mediaStreamTrackVideoStatsInterface } from "./track/media-stream-track-video-stats.ts";
import { mediaStreamTrackInterface } from "./track/media-stream-track.ts";
import { mediaStreamInterface } from "./stream/media-stream.ts";
import { overconstrainedErrorInterface } from "./constraints/overconstrained-error.ts";
import { permissionStatusInterface } from "./permissions/permission-status.ts";
import { permissionsInterface } from "./permissions/permissions.ts";
import { videoTrackGeneratorInterface } from "./transform/video-track-generator.ts";

/** Every interface that a global object shows, each after the one it inherits from. */
export const interfaces: readonly Interface[] = [
  blobEventInterface,
  captureControllerInterface,
  deviceChangeEventInterface,
  mediaDeviceInfoInterface,
  inputDeviceInfoInterface,
  mediaDevicesInterface,
  mediaStreamInterface,
  mediaStreamTrackInterface,
  mediaStreamTrackAudioStatsInterface,
  mediaStreamTrackVideoStatsInterface,
  mediaStreamTrackEventInterface,
  mediaRecorderInterface,
  imageCaptureInterface,
  mediaStreamTrackProcessorInterface,
  mediaStreamTrackGeneratorInterface,
  videoTrackGeneratorInterface,
  overconstrainedErrorInterface,
  permissionsInterface,
  permissionStatusInterface,
];
