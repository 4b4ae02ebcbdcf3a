import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { allocatePicture, type Picture, planesOf } from "../../../../src/media/pixels/picture.ts";
import { cropToShape, PictureScaler } from "../../../../src/media/pixels/picture-scaler.ts";
import type { VideoPixelFormat } from "../../../../src/media/pixels/video-pixel-format.ts";

const side = fc.integer({ min: 1, max: 70 });
const format = fc.constantFrom<VideoPixelFormat>("I420", "I422", "I444", "NV12", "RGBA", "BGRX");

function whole({ width, height }: Picture) {
  return { x: 0, y: 0, width, height };
}

/** Brightness that rises from left to right, in the picture's first plane. */
function ramp(width: number, height: number): Picture {
  const picture = allocatePicture("I420", { width, height });
  const [luma] = planesOf(picture, whole(picture));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (luma !== undefined) luma.data[row * luma.stride + column] = (column * 255) / width;
    }
  }
  return picture;
}

describe("scaling", () => {
  it("keeps a flat picture flat, whatever the sizes and the format", () => {
    const size = fc.record({ width: side, height: side });
    fc.assert(
      fc.property(size, size, format, fc.nat(255), (from, to, kind, value) => {
        const source = allocatePicture(kind, from);
        source.data.fill(value);
        const scaled = new PictureScaler(kind, whole(source), to).scale(source);
        expect(new Set(scaled.data)).toEqual(new Set([value]));
      }),
    );
  });

  it("changes nothing where the size is the same", () => {
    const source = ramp(64, 3);
    expect(new PictureScaler("I420", whole(source), source).scale(source).data).toEqual(
      source.data,
    );
  });

  it.each([16, 24, 50, 128, 200])("keeps a ramp of 64 px a ramp at %d px", (width) => {
    const source = ramp(64, 8);
    const target = { width, height: Math.round(width / 8) };
    const { data } = new PictureScaler("I420", whole(source), target).scale(source);
    for (let column = 0; column < width; column++) {
      const exact = ((column + 0.5) / width) * 255 - 255 / 128;
      const tolerance = 255 / 64 + 1;
      expect(Math.abs((data[column] ?? 0) - exact)).toBeLessThan(tolerance);
    }
  });

  it("takes the mean of the pixels that a smaller one covers", () => {
    const source = allocatePicture("I420", { width: 4, height: 2 });
    source.data.set([0, 100, 10, 30, 100, 200, 20, 40]);
    const scaled = new PictureScaler("I420", whole(source), { width: 2, height: 1 }).scale(source);
    expect([...scaled.data.subarray(0, 2)]).toEqual([100, 25]);
  });

  it("crops in the middle, never beyond the picture, from even px", () => {
    fc.assert(
      fc.property(side, side, side, side, (width, height, w, h) => {
        const crop = cropToShape({ x: 0, y: 0, width, height }, { width: w, height: h });
        expect(crop.x % 2 === 0 && crop.y % 2 === 0).toBe(true);
        expect(crop.x + crop.width).toBeLessThanOrEqual(width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(height);
        expect(crop.width === width || crop.height === height).toBe(true);
      }),
    );
  });
});
