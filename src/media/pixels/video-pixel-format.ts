/** @see https://w3c.github.io/webcodecs/#pixel-format */
export type VideoPixelFormat =
  | "I420"
  | "I420A"
  | "I422"
  | "I444"
  | "NV12"
  | "RGBA"
  | "RGBX"
  | "BGRA"
  | "BGRX";

/** How one plane of a format samples the picture. */
export interface PlaneFormat {
  /** Bytes of a sample. Each byte is a component of its own (NV12's second plane has two). */
  readonly sampleBytes: number;
  /** px of the picture that a sample spans across */
  readonly sampleWidth: number;
  /** px of the picture that a sample spans down */
  readonly sampleHeight: number;
}

const plane = (sampleBytes: number, sampleWidth: number, sampleHeight: number): PlaneFormat => ({
  sampleBytes,
  sampleWidth,
  sampleHeight,
});

const FULL = plane(1, 1, 1);
const QUARTER = plane(1, 2, 2);
const PACKED = [plane(4, 1, 1)] as const;

/** Planes by format, in the spec's order. */
export const PLANE_FORMATS: Readonly<Record<VideoPixelFormat, readonly PlaneFormat[]>> = {
  I420: [FULL, QUARTER, QUARTER],
  I420A: [FULL, QUARTER, QUARTER, FULL],
  I422: [FULL, plane(1, 2, 1), plane(1, 2, 1)],
  I444: [FULL, FULL, FULL],
  NV12: [FULL, plane(2, 2, 2)],
  RGBA: PACKED,
  RGBX: PACKED,
  BGRA: PACKED,
  BGRX: PACKED,
};

export type RgbPixelFormat = "RGBA" | "RGBX" | "BGRA" | "BGRX";

export function isVideoPixelFormat(value: unknown): value is VideoPixelFormat {
  return typeof value === "string" && Object.hasOwn(PLANE_FORMATS, value);
}

export function isRgb(format: VideoPixelFormat): format is RgbPixelFormat {
  return PLANE_FORMATS[format].length === 1;
}
