import type { Interface } from "../webidl/install-members.ts";
import { blobEventInterface } from "./blob-event.ts";
import { captureControllerInterface } from "./capture-controller.ts";
import { deviceChangeEventInterface } from "./device-change-event.ts";
import { imageCaptureInterface } from "./image-capture.ts";
import { inputDeviceInfoInterface } from "./input-device-info.ts";
import { mediaDeviceInfoInterface } from "./media-device-info.ts";
import { mediaDevicesInterface } from "./media-devices.ts";
import { mediaRecorderInterface } from "./media-recorder.ts";
import { mediaStreamTrackAudioStatsInterface } from "./media-stream-track-audio-stats.ts";
import { mediaStreamTrackEventInterface } from "./media-stream-track-event.ts";
import { mediaStreamTrackGeneratorInterface } from "./media-stream-track-generator.ts";
import { mediaStreamTrackProcessorInterface } from "./media-stream-track-processor.ts";
import { mediaStreamTrackVideoStatsInterface } from "./media-stream-track-video-stats.ts";
import { mediaStreamTrackInterface } from "./media-stream-track.ts";
import { mediaStreamInterface } from "./media-stream.ts";
import { overconstrainedErrorInterface } from "./overconstrained-error.ts";
import { permissionStatusInterface } from "./permission-status.ts";
import { permissionsInterface } from "./permissions.ts";
import { videoTrackGeneratorInterface } from "./video-track-generator.ts";

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
