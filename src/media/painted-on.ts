import { SharedBytes } from "./shared-bytes.ts";
import type { VideoFrameBufferInit, VideoFrameInit } from "./video-frame-init.ts";

/** A canvas of a window or of a canvas library. */
export interface CanvasImageSource {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** The context that the canvas is drawn with. */
  getContext(contextId: "2d"): CanvasPixelReader | null;
}

/** The part of a 2D context that gives the pixels of its canvas. */
export interface CanvasPixelReader {
  /** The pixels of a rectangle, in px: red, green, blue and alpha of each. */
  getImageData(
    x: number,
    y: number,
    width: number,
    height: number,
  ): { readonly data: Uint8ClampedArray };
}

/** True for a canvas, of whatever library. */
export function isCanvas(value: unknown): value is CanvasImageSource {
  return typeof value === "object" && value !== null && "getContext" in value && "width" in value;
}

/**
 * What is painted on a canvas now, as the bytes of a frame and what they are.
 * @throws InvalidStateError for a canvas without pixels
 * @see https://w3c.github.io/webcodecs/#dom-videoframe-videoframe
 */
export function paintedOn(
  canvas: CanvasImageSource,
  { alpha, ...init }: VideoFrameInit,
): [SharedBytes, VideoFrameBufferInit] {
  const { height, width } = canvas;
  const context = width > 0 && height > 0 ? canvas.getContext("2d") : null;
  if (!context) {
    throw new DOMException(
      `The canvas of ${width}x${height} px has no picture: give it a size and a 2d context.`,
      "InvalidStateError",
    );
  }
  const { buffer, byteLength, byteOffset } = context.getImageData(0, 0, width, height).data;
  const format = alpha === "discard" ? "RGBX" : "RGBA";
  const painted = { format, codedWidth: width, codedHeight: height } as const;
  // A missing timestamp is refused with the other members.
  const { timestamp = Number.NaN } = init;
  return [
    new SharedBytes(new Uint8Array(buffer, byteOffset, byteLength)),
    { ...init, ...painted, timestamp },
  ];
}
