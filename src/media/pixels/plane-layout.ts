import type { DOMRectInit } from "../dom-rect.ts";
import { PLANE_FORMATS, type VideoPixelFormat } from "./video-pixel-format.ts";

/** Where a plane lies in a buffer, in bytes. */
export interface PlaneLayout {
  offset: number;
  stride: number;
}

/** A rectangle in whole px. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CombinedLayout {
  readonly planes: readonly PlaneLayout[];
  /** bytes */
  readonly allocationSize: number;
}

/**
 * Compute Layout and Allocation Size: packed without gaps unless `layout` says where planes go.
 *
 * @see https://w3c.github.io/webcodecs/#videoframe-compute-layout-and-allocation-size
 * @throws TypeError when `layout` doesn't fit the format, or its planes overlap
 */
export function computeLayout(
  rect: Pick<Rect, "width" | "height">,
  format: VideoPixelFormat,
  layout?: readonly PlaneLayout[],
): CombinedLayout {
  const formats = PLANE_FORMATS[format];
  if (layout !== undefined && layout.length !== formats.length) {
    throw new TypeError(`${format} has ${formats.length} planes; layout has ${layout.length}.`);
  }
  const planes: PlaneLayout[] = [];
  const ends: number[] = [];
  let allocationSize = 0;
  for (const [index, { sampleBytes, sampleWidth, sampleHeight }] of formats.entries()) {
    const rowBytes = Math.ceil(rect.width / sampleWidth) * sampleBytes;
    const { offset, stride } = layout?.[index] ?? { offset: allocationSize, stride: rowBytes };
    if (stride < rowBytes) {
      throw new TypeError(`Plane ${index} needs a stride of ${rowBytes} bytes; it has ${stride}.`);
    }
    const end = offset + stride * Math.ceil(rect.height / sampleHeight);
    if (end > 0xffff_ffff) throw new TypeError("The layout is larger than 4 GiB.");
    for (const [other, { offset: otherOffset }] of planes.entries()) {
      if (end > otherOffset && (ends[other] ?? 0) > offset) {
        throw new TypeError(`Planes ${other} and ${index} of the layout overlap.`);
      }
    }
    planes.push({ offset, stride });
    ends.push(end);
    allocationSize = Math.max(allocationSize, end);
  }
  return { planes, allocationSize };
}

/**
 * Parse Visible Rect: a rectangle that lies within the coded size and starts on whole samples.
 *
 * @see https://w3c.github.io/webcodecs/#videoframe-parse-visible-rect
 * @throws TypeError
 */
export function parseVisibleRect(
  override: DOMRectInit,
  coded: { readonly width: number; readonly height: number },
  format: VideoPixelFormat,
): Rect {
  const { x = 0, y = 0, width = 0, height = 0 } = override;
  const text = `rect (x ${x}, y ${y}, width ${width}, height ${height})`;
  if (![x, y, width, height].every((value) => Number.isFinite(value) && value >= 0)) {
    throw new TypeError(`${text} must not be negative or infinite.`);
  }
  if (width === 0 || height === 0) throw new TypeError(`${text} is empty.`);
  if (x + width > coded.width || y + height > coded.height) {
    throw new TypeError(`${text} reaches beyond the ${coded.width}x${coded.height} picture.`);
  }
  for (const { sampleWidth, sampleHeight } of PLANE_FORMATS[format]) {
    if (x % sampleWidth !== 0 || y % sampleHeight !== 0) {
      throw new TypeError(
        `${text} must start at multiples of ${sampleWidth} and ${sampleHeight} px in ${format}.`,
      );
    }
  }
  return { x, y, width: Math.trunc(width), height: Math.trunc(height) };
}
