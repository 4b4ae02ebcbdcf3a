import { copyPlane, planesOf, type Picture, type PlaneView } from "./picture.ts";
import type { Rect } from "./plane-layout.ts";
import { isRgb, type RgbPixelFormat } from "./video-pixel-format.ts";
import { type ChromaView, type RgbOrder, yuvToRgb } from "./yuv-to-rgb.ts";

/** Copies a rectangle of a picture into `target`, plane by plane, in the picture's own format. */
export function copyPicture(source: Picture, rect: Rect, target: Picture): void {
  const to = planesOf(target, { x: 0, y: 0, width: rect.width, height: rect.height });
  for (const [index, plane] of planesOf(source, rect).entries()) {
    const destination = to[index];
    if (destination !== undefined) copyPlane(plane, destination);
  }
}

/** Converts a rectangle of a picture into `target`, which has an RGB format. */
export function convertToRgb(source: Picture, rect: Rect, target: Picture): void {
  if (!isRgb(target.format)) throw new TypeError(`${target.format} is no RGB format.`);
  const [to] = planesOf(target, { x: 0, y: 0, width: rect.width, height: rect.height });
  const [first, second, third, fourth] = planesOf(source, rect);
  if (to === undefined || first === undefined) return;
  if (isRgb(source.format)) {
    reorder(first, source.format, to, target.format);
    return;
  }
  if (second === undefined) return;
  yuvToRgb(first, chromaOf(source, second, third), to, orderOf(target.format), source.colorSpace);
  if (fourth !== undefined && hasAlpha(target.format)) copyAlpha(fourth, to);
}

function chromaOf(source: Picture, second: PlaneView, third: PlaneView | undefined): ChromaView {
  return {
    u: second.data,
    v: (third ?? second).data,
    uOffset: second.offset,
    vOffset: third?.offset ?? second.offset + 1,
    stride: second.stride,
    step: second.sampleBytes,
    shiftX: source.format === "I444" ? 0 : 1,
    shiftY: source.format === "I444" || source.format === "I422" ? 0 : 1,
  };
}

function orderOf(format: RgbPixelFormat): RgbOrder {
  return format.startsWith("R") ? { red: 0, blue: 2 } : { red: 2, blue: 0 };
}

function hasAlpha(format: RgbPixelFormat): boolean {
  return format.endsWith("A");
}

function copyAlpha(alpha: PlaneView, to: PlaneView): void {
  for (let row = 0; row < alpha.height; row++) {
    const from = alpha.offset + row * alpha.stride;
    const start = to.offset + row * to.stride + 3;
    for (let column = 0; column < alpha.width; column++) {
      to.data[start + column * 4] = alpha.data[from + column] ?? 255;
    }
  }
}

function reorder(from: PlaneView, source: RgbPixelFormat, to: PlaneView, target: RgbPixelFormat) {
  const swap = source[0] !== target[0];
  const opaque = !hasAlpha(source) || !hasAlpha(target);
  if (!swap && source === target) {
    copyPlane(from, to);
    return;
  }
  for (let row = 0; row < from.height; row++) {
    let read = from.offset + row * from.stride;
    let write = to.offset + row * to.stride;
    for (let column = 0; column < from.width; column++, read += 4, write += 4) {
      const first = from.data[read] ?? 0;
      const third = from.data[read + 2] ?? 0;
      to.data[write] = swap ? third : first;
      to.data[write + 1] = from.data[read + 1] ?? 0;
      to.data[write + 2] = swap ? first : third;
      to.data[write + 3] = opaque ? 255 : (from.data[read + 3] ?? 255);
    }
  }
}
