import { computeLayout, type PlaneLayout, type Rect } from "./plane-layout.ts";
import type { VideoColorSpaceInit } from "../video-color-space.ts";
import { PLANE_FORMATS, type VideoPixelFormat } from "./video-pixel-format.ts";

/** Pixels as a plain value: what the functions of this folder read and write. */
export interface Picture {
  readonly format: VideoPixelFormat;
  /** px, of the coded size */
  readonly width: number;
  /** px, of the coded size */
  readonly height: number;
  readonly data: Uint8Array;
  readonly layout: readonly PlaneLayout[];
  readonly colorSpace?: VideoColorSpaceInit;
}

/** The part of a plane that shows a rectangle. */
export interface PlaneView {
  readonly data: Uint8Array;
  /** Index in `data` of the first byte. */
  readonly offset: number;
  /** bytes from row to row */
  readonly stride: number;
  /** Samples across. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  readonly sampleBytes: number;
}

/** The part of each plane of a picture that shows `rect`. */
export function planesOf(picture: Picture, rect: Rect): PlaneView[] {
  return PLANE_FORMATS[picture.format].map(({ sampleBytes, sampleWidth, sampleHeight }, index) => {
    const { offset, stride } = picture.layout[index] ?? { offset: 0, stride: 0 };
    const top = Math.floor(rect.y / sampleHeight);
    const left = Math.floor(rect.x / sampleWidth);
    return {
      data: picture.data,
      offset: offset + top * stride + left * sampleBytes,
      stride,
      width: Math.ceil(rect.width / sampleWidth),
      height: Math.ceil(rect.height / sampleHeight),
      sampleBytes,
    };
  });
}

/** Copies a plane into another of the same size. */
export function copyPlane(from: PlaneView, to: PlaneView): void {
  const rowBytes = from.width * from.sampleBytes;
  if (from.stride === to.stride && from.stride === rowBytes) {
    const bytes = rowBytes * from.height;
    to.data.set(from.data.subarray(from.offset, from.offset + bytes), to.offset);
    return;
  }
  for (let row = 0; row < from.height; row++) {
    const start = from.offset + row * from.stride;
    to.data.set(from.data.subarray(start, start + rowBytes), to.offset + row * to.stride);
  }
}

/** A picture of new bytes, packed without gaps. */
export function allocatePicture(
  format: VideoPixelFormat,
  { width, height }: { readonly width: number; readonly height: number },
  colorSpace?: VideoColorSpaceInit,
): Picture {
  const { planes, allocationSize } = computeLayout({ width, height }, format);
  const picture = { format, width, height, data: new Uint8Array(allocationSize), layout: planes };
  return colorSpace === undefined ? picture : { ...picture, colorSpace };
}
