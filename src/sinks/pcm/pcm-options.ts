/** What `pcm()` gives. */
export interface PcmOptions {
  /** Hz. Default: the track's. */
  readonly sampleRate?: number;
  /** Default: the track's. */
  readonly channels?: number;
  /** Interleaved, in the machine's byte order. Default `"s16"`. */
  readonly format?: "u8" | "s16" | "s32" | "f32";
  /** Samples per channel in each chunk; the last may be shorter. Default: as they come. */
  readonly frameSize?: number;
  /** Pieces of sound (10 or 20 ms each) that wait for a slow reader. Default 500. */
  readonly maxBufferSize?: number;
}

export const bytesPerSample = { u8: 1, s16: 2, s32: 4, f32: 4 } as const;

/** @throws TypeError or RangeError for what no sound can be */
export function checkPcmOptions(options: PcmOptions): void {
  const { format = "s16", sampleRate, channels, frameSize, maxBufferSize } = options;
  if (!Object.hasOwn(bytesPerSample, format)) {
    throw new TypeError(`format is "${String(format)}"; give "u8", "s16", "s32" or "f32".`);
  }
  if (sampleRate !== undefined && !(sampleRate >= 1_000 && sampleRate <= 384_000)) {
    throw new RangeError(`sampleRate is ${sampleRate}; give 1000 to 384000 Hz.`);
  }
  for (const [name, value] of Object.entries({ channels, frameSize, maxBufferSize })) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new RangeError(`${name} is ${value}; give a whole number above 0.`);
    }
  }
}
