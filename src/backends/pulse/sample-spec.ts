import { endianness } from "node:os";

/** `pa_sample_spec` */
export interface SampleSpec {
  /** One of {@link SampleFormat}, or another that the server has. */
  readonly format: number;
  readonly channels: number;
  /** Hz */
  readonly rate: number;
}

const little = endianness() === "LE";

/** The two formats captured here, in this machine's byte order: `PA_SAMPLE_S16NE`, `…_FLOAT32NE`. */
export const SampleFormat = {
  s16: little ? 3 : 4,
  f32: little ? 5 : 6,
} as const;

/** Bits that each of the server's formats carries in a sample, by its number. */
const BITS = [8, 8, 8, 16, 16, 32, 32, 32, 32, 24, 24, 24, 24];

/** Bits of a native sample as captured here: what has up to 16 is captured in 16, all else in 32. */
export function capturedSampleSize(nativeFormat: number): 16 | 32 {
  return (BITS[nativeFormat] ?? 32) <= 16 ? 16 : 32;
}

/** Bytes that one sample of all channels takes, in one of the two {@link SampleFormat}s. */
export function frameSize({ format, channels }: SampleSpec): number {
  return channels * (format === SampleFormat.s16 ? 2 : 4);
}
