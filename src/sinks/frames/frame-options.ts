export type PixelFormat = "rgb24" | "rgba" | "jpeg";

/** What a reader of frames gives. */
export interface FrameOptions {
  /** px. Default: the track's, or as `height` and the track's shape make it. */
  readonly width?: number;
  /** px. Default: the track's, or as `width` and the track's shape make it. */
  readonly height?: number;
  /** Default `"rgba"`. */
  readonly format?: PixelFormat;
  /** Frames that wait for a slow reader, the newest ones. Default 1. */
  readonly maxBufferSize?: number;
}

/** The bytes of one picture, rows packed without gaps, or a JPEG file. */
export type FrameBytes = Buffer & {
  readonly format: PixelFormat;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** µs, on the monotonic clock */
  readonly timestamp: number;
};

/** @throws TypeError or RangeError for what no picture can be */
export function checkFrameOptions(options: FrameOptions): void {
  const { format = "rgba", width, height, maxBufferSize } = options;
  if (format !== "rgb24" && format !== "rgba" && format !== "jpeg") {
    throw new TypeError(`format is "${String(format)}"; give "rgb24", "rgba" or "jpeg".`);
  }
  for (const [name, value] of Object.entries({ width, height, maxBufferSize })) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0 && value <= 16_384)) {
      throw new RangeError(`${name} is ${value}; give a whole number from 1 to 16384.`);
    }
  }
}

/** The size to give: what is asked for, and else the source's shape. */
export function targetSize(
  { width, height }: FrameOptions,
  source: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  if (width !== undefined && height !== undefined) return { width, height };
  if (width !== undefined) {
    return { width, height: Math.max(1, Math.round((width * source.height) / source.width)) };
  }
  if (height !== undefined) {
    return { width: Math.max(1, Math.round((height * source.width) / source.height)), height };
  }
  return { width: source.width, height: source.height };
}
