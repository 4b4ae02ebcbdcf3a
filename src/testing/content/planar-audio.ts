import { adoptAudioData } from "../../media/adopt-frame.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { SampleRequest } from "./content.ts";

/** Data of the requested shape, in `f32-planar`; `fill` writes each channel, which begins as zeros. */
export function planarAudio(
  { numberOfFrames, numberOfChannels, sampleRate, timestamp }: SampleRequest,
  fill: (plane: Float32Array, channel: number) => void,
): AudioData {
  const samples = new Float32Array(numberOfFrames * numberOfChannels);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    fill(samples.subarray(channel * numberOfFrames, (channel + 1) * numberOfFrames), channel);
  }
  const shape = { numberOfFrames, numberOfChannels, sampleRate, timestamp };
  return adoptAudioData(new Uint8Array(samples.buffer), { format: "f32-planar", ...shape });
}
