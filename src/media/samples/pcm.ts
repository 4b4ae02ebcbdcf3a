import { SAMPLE_BYTES, type SampleType } from "./audio-sample-format.ts";

/** Samples of one type, seen through the typed array of that type. */
export type Samples = Uint8Array | Int16Array | Int32Array | Float32Array;

/** Views `bytes` as samples; copies only where they aren't aligned to it. */
export function samplesOf(bytes: Uint8Array, type: SampleType): Samples {
  const length = Math.floor(bytes.byteLength / SAMPLE_BYTES[type]);
  const aligned = bytes.byteOffset % SAMPLE_BYTES[type] === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  switch (type) {
    case "u8":
      return new Uint8Array(buffer, byteOffset, length);
    case "s16":
      return new Int16Array(buffer, byteOffset, length);
    case "s32":
      return new Int32Array(buffer, byteOffset, length);
    case "f32":
      return new Float32Array(buffer, byteOffset, length);
  }
}

/** The value of a full-scale sample, and of silence. */
export const SAMPLE_SCALE: Readonly<Record<SampleType, { gain: number; bias: number }>> = {
  u8: { gain: 128, bias: 128 },
  s16: { gain: 32_768, bias: 0 },
  s32: { gain: 2_147_483_648, bias: 0 },
  f32: { gain: 1, bias: 0 },
};

/** A run of samples of one channel inside an array: `start`, then every `step`th. */
export interface SampleRun {
  readonly samples: Samples;
  readonly type: SampleType;
  readonly start: number;
  readonly step: number;
}

/**
 * Copies `count` samples from one run to another, converting between types: integers are scaled so
 * that full scale is full scale, and clipped where the target can't hold them.
 */
export function convertSamples(from: SampleRun, to: SampleRun, count: number): void {
  if (from.type === to.type) {
    if (from.step === 1 && to.step === 1) {
      to.samples.set(from.samples.subarray(from.start, from.start + count), to.start);
      return;
    }
    for (let index = 0; index < count; index++) {
      to.samples[to.start + index * to.step] = from.samples[from.start + index * from.step] ?? 0;
    }
    return;
  }
  const source = SAMPLE_SCALE[from.type];
  const target = SAMPLE_SCALE[to.type];
  const gain = target.gain / source.gain;
  const float = to.type === "f32";
  const max = target.gain - 1 + target.bias;
  const min = target.bias - target.gain;
  for (let index = 0; index < count; index++) {
    const sample = from.samples[from.start + index * from.step] ?? 0;
    const value = (sample - source.bias) * gain + target.bias;
    to.samples[to.start + index * to.step] = float
      ? value
      : Math.max(min, Math.min(max, Math.round(value)));
  }
}
