import type { AudioMode, VideoMode } from "../contract/device.ts";

/** A size of a mock camera, in px. */
export interface MockVideoMode {
  readonly width: number;
  readonly height: number;
  /** Default: the camera's `defaultFrameRate`. */
  readonly frameRate?: number;
}

/** A way in which a mock microphone can run. */
export interface MockAudioMode {
  /** Hz. Default 48,000. */
  readonly sampleRate?: number;
  /** Default 1. */
  readonly channelCount?: number;
  /** Whether echo cancellation can be switched on. Default false. */
  readonly echoCancellation?: boolean;
}

export function completeVideoMode(mode: MockVideoMode, defaultFrameRate: number): VideoMode {
  return { pixelFormat: "I420", frameRate: defaultFrameRate, ...mode };
}

export function completeAudioMode({
  sampleRate = 48_000,
  channelCount = 1,
  echoCancellation = false,
}: MockAudioMode): AudioMode {
  return {
    sampleRate,
    channelCount,
    sampleSize: 16,
    latency: { min: 0.01, max: 0.01 },
    ...(echoCancellation && { echoCancellation: [false, true] }),
  };
}
