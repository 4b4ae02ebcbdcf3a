import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** What a virtual camera is asked for: one picture. */
export interface PictureRequest {
  /** 0 for the first picture since the device was opened. */
  readonly index: number;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** µs, what the frame must have */
  readonly timestamp: number;
  /** µs */
  readonly duration: number;
}

/** Draws what a virtual camera sees. The frame has the size and timestamp that were asked for. */
export type VideoContent = (request: PictureRequest) => VideoFrame;

/** What a virtual microphone is asked for: a run of samples. */
export interface SampleRequest {
  /** Index of the first sample since the device was opened. */
  readonly index: number;
  readonly numberOfFrames: number;
  readonly numberOfChannels: number;
  /** Hz */
  readonly sampleRate: number;
  /** µs, what the data must have */
  readonly timestamp: number;
}

/** Makes what a virtual microphone hears. The data has the shape that was asked for. */
export type AudioContent = (request: SampleRequest) => AudioData;
