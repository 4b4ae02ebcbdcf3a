import { allocatePicture, type Picture, planesOf } from "./picture.ts";

/**
 * Takes YUYV (YUY2) apart, which many cameras deliver and WebCodecs has no name for.
 *
 * @param stride bytes from row to row
 */
export function yuyvToI422(
  bytes: Uint8Array,
  width: number,
  height: number,
  stride = 4 * Math.ceil(width / 2),
): Picture {
  const target = allocatePicture("I422", { width, height });
  const [y, u, v] = planesOf(target, { x: 0, y: 0, width, height });
  if (y === undefined || u === undefined || v === undefined) return target;
  for (let row = 0; row < height; row++) {
    let from = row * stride;
    for (let column = 0; column < u.width; column++, from += 4) {
      y.data[y.offset + row * y.stride + 2 * column] = bytes[from] ?? 0;
      u.data[u.offset + row * u.stride + column] = bytes[from + 1] ?? 0;
      if (2 * column + 1 < width) {
        y.data[y.offset + row * y.stride + 2 * column + 1] = bytes[from + 2] ?? 0;
      }
      v.data[v.offset + row * v.stride + column] = bytes[from + 3] ?? 0;
    }
  }
  return target;
}
