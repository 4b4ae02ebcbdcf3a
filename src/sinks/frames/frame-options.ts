import type { PackedPixelFormat } from "../../media/encoding.ts";

/**
 * How a picture is given: rows without gaps, planes one after another, or a JPEG file.
 *
 * `"rgb24"`, `"bgr24"`: three bytes a pixel · `"rgba"`: four, the last is 255 · `"gray8"`: one, from
 * black 0 to white 255 · `"i420"`: a plane of luma, then of U and of V at half the size, rounded up ·
 * `"nv12"`: luma, then U and V side by side. Luma of the last two is as captured: from 16 to 235.
 */
export type PixelFormat = PackedPixelFormat | "jpeg";

const FORMATS: readonly PixelFormat[] = ["rgba", "rgb24", "bgr24", "gray8", "nv12", "i420", "jpeg"];

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
  if (!FORMATS.includes(format)) {
    const known = FORMATS.map((name) => `"${name}"`).join(", ");
    throw new TypeError(`format is "${String(format)}"; give one of ${known}.`);
  }
  for (const [name, value] of Object.entries({ width, height, maxBufferSize })) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0 && value <= 16_384)) {
      throw new RangeError(`${name} is ${value}; give a whole number from 1 to 16384.`);
    }
  }
}
