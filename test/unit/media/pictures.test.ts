import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { convertToRgb } from "../../../src/media/convert-picture.ts";
import { allocatePicture, type Picture, planesOf } from "../../../src/media/picture.ts";
import { cropToShape, PictureScaler } from "../../../src/media/picture-scaler.ts";
import { toI420 } from "../../../src/media/to-i420.ts";
import type { VideoPixelFormat } from "../../../src/media/video-pixel-format.ts";
import { yuyvToI422 } from "../../../src/media/yuyv-to-i422.ts";

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

describe("conversion to I420", () => {
  it.each(["RGBA", "BGRA", "RGBX", "BGRX"] as const)(
    "and back to %s keeps flat colours",
    (kind) => {
      fc.assert(
        fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (one, two, three) => {
          const source = allocatePicture(kind, { width: 3, height: 3 });
          for (let at = 0; at < source.data.length; at += 4) {
            source.data.set([one, two, three, 255], at);
          }
          const back = allocatePicture(kind, source);
          convertToRgb(toI420(source, whole(source)), whole(source), back);
          for (const [at, value] of source.data.entries()) {
            expect(Math.abs((back.data[at] ?? 0) - value)).toBeLessThanOrEqual(4);
          }
        }),
      );
    },
  );

  it("takes NV12's chroma apart", () => {
    const source = allocatePicture("NV12", { width: 4, height: 2 });
    source.data.set([1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 11, 21]);
    expect([...toI420(source, whole(source)).data]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 20, 21,
    ]);
  });

  it("takes YUYV's samples apart and halves its chroma", () => {
    const bytes = Uint8Array.from([1, 10, 2, 20, 3, 30, 4, 40]);
    const picture = yuyvToI422(bytes, 2, 2);
    expect([...picture.data]).toEqual([1, 2, 3, 4, 10, 30, 20, 40]);
    expect([...toI420(picture, whole(picture)).data]).toEqual([1, 2, 3, 4, 20, 30]);
  });
});
