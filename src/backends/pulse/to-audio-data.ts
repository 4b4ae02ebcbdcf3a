import { AudioData } from "../../media/audio-data.ts";
import { SharedBytes } from "../../media/shared-bytes.ts";
import { mixToMono } from "./mix-to-mono.ts";
import { SampleFormat, type SampleSpec } from "./sample-spec.ts";

/** A block of the server's as the engine takes it, mixed to one channel if that is asked for. */
export function toAudioData(
  bytes: Buffer,
  spec: SampleSpec,
  channelCount: number,
  timestampUs: number,
): AudioData {
  const isS16 = spec.format === SampleFormat.s16;
  // A copy of its own: a block lies at any offset, in memory that the socket's other data shares.
  const { buffer } = new Uint8Array(bytes);
  const samples = isS16 ? new Int16Array(buffer) : new Float32Array(buffer);
  const mixed = channelCount < spec.channels ? mixToMono(samples, spec.channels) : samples;
  return new AudioData({
    format: isS16 ? "s16" : "f32",
    sampleRate: spec.rate,
    numberOfFrames: mixed.length / channelCount,
    numberOfChannels: channelCount,
    timestamp: timestampUs,
    data: new SharedBytes(new Uint8Array(mixed.buffer)),
  });
}
