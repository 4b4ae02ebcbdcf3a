import type { Clock, Track } from "../../engine/contract.ts";
import type { FrameOptions } from "../frames/frame-options.ts";
import { PixelConverter } from "../frames/pixel-converter.ts";
import { nextFrame } from "./next-frame.ts";

/**
 * A still picture with the members of `ImageBitmap`, which Node doesn't have, and of `ImageData`,
 * so that canvases and image libraries take its pixels.
 */
export interface GrabbedPicture {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, row by row; over an ArrayBuffer of its own. */
  readonly data: ReturnType<Uint8ClampedArray["slice"]>;
  /** The pixels are sRGB. */
  readonly colorSpace: "srgb";
  /** Does nothing here: the pixels are ordinary memory. */
  close(): void;
}

/** True for what `grabFrame()` gave, which canvases of windows draw. */
export function isGrabbedPicture(value: unknown): value is GrabbedPicture {
  const picture = value as Partial<GrabbedPicture> | null;
  const hasPixels = typeof value === "object" && picture?.data instanceof Uint8ClampedArray;
  return hasPixels && typeof picture?.close === "function";
}

/** The next picture of a track; undefined when there is none. */
export async function grabPicture(
  track: Track,
  clock: Clock,
  size: FrameOptions = {},
): Promise<GrabbedPicture | undefined> {
  const frame = await nextFrame(track, clock);
  if (frame === undefined) return undefined;
  try {
    const pixels = await new PixelConverter(size, "rgba").convert(frame);
    const { width, height } = pixels;
    return { width, height, data: new Uint8ClampedArray(pixels), colorSpace: "srgb", close() {} };
  } finally {
    frame.close();
  }
}
