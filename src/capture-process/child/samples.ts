import type { AVSampleFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";

/** Samples in planes, or interleaved in one; valid only while the frame they belong to is. */
export interface Samples {
  readonly sampleRate: number;
  readonly channels: number;
  readonly format: AVSampleFormat;
  readonly count: number;
  readonly planes: readonly Buffer[];
}

export function samplesOfFrame(frame: Frame): Samples {
  return {
    sampleRate: frame.sampleRate,
    channels: frame.channels,
    format: frame.format as AVSampleFormat,
    count: frame.nbSamples,
    planes: frame.extendedData ?? frame.data ?? [],
  };
}
