import { adoptAudioData } from "./adopt-frame.ts";
import type { AudioData } from "./audio-data.ts";

/** What a disabled or muted audio track sounds like. */
export function silence(shape: {
  /** Hz */
  readonly sampleRate: number;
  readonly numberOfFrames: number;
  readonly numberOfChannels: number;
  /** µs */
  readonly timestamp: number;
}): AudioData {
  const { sampleRate, numberOfFrames, numberOfChannels, timestamp } = shape;
  return adoptAudioData(new Uint8Array(4 * numberOfFrames * numberOfChannels), {
    format: "f32-planar",
    sampleRate,
    numberOfFrames,
    numberOfChannels,
    timestamp,
  });
}
