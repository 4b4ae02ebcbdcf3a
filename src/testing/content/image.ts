import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import type { VideoContent } from "./content.ts";

/** Pixels as canvases give them: RGBA, row by row (`ImageData` fits). */
export interface ImagePixels {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** `width * height * 4` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * A camera that sees a still image, stretched to the camera's mode by its nearest pixels, so that
 * a test finds the very colours it put in.
 * @throws TypeError when the pixels don't fit the size
 */
export function image({ width, height, data }: ImagePixels): VideoContent {
  if (data.length !== width * height * 4) {
    throw new TypeError(
      `A ${width}x${height} image has ${width * height * 4} RGBA bytes; data has ${data.length}.`,
    );
  }
  const source = new Uint32Array(Uint8Array.from(data).buffer);
  return (request) => {
    const pixels = new Uint32Array(request.width * request.height);
    for (let y = 0; y < request.height; y++) {
      const from = Math.floor((y * height) / request.height) * width;
      for (let x = 0; x < request.width; x++) {
        pixels[y * request.width + x] = source[from + Math.floor((x * width) / request.width)] ?? 0;
      }
    }
    return adoptVideoFrame(new Uint8Array(pixels.buffer), {
      format: "RGBA",
      codedWidth: request.width,
      codedHeight: request.height,
      timestamp: request.timestamp,
      duration: request.duration,
    });
  };
}
