import type { AudioData } from "../../media/audio-data.ts";

/** Interleaved samples of a format that outputs take. */
export interface SoundBytes {
  readonly format: "s16" | "f32";
  readonly bytes: Uint8Array;
}

/** Samples as an output takes them, at this gain (1 leaves them as they are); `data` stays open. */
export function soundBytes(data: AudioData, gain: number): SoundBytes {
  const format = data.format?.startsWith("s16") === true ? "s16" : "f32";
  const bytes = new Uint8Array(data.allocationSize({ planeIndex: 0, format }));
  data.copyTo(bytes, { planeIndex: 0, format });
  if (gain !== 1) {
    const samples =
      format === "s16" ? new Int16Array(bytes.buffer) : new Float32Array(bytes.buffer);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = (samples[index] ?? 0) * gain;
    }
  }
  return { format, bytes };
}
