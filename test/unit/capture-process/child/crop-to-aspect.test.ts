import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cropToAspect } from "../../../../src/capture-process/child/crop-to-aspect.ts";

const side = fc.integer({ min: 2, max: 8192 });

describe("cropToAspect", () => {
  it("stays within the picture, on whole chroma samples, and keeps one side", () => {
    fc.assert(
      fc.property(side, side, side, side, (width, height, toWidth, toHeight) => {
        const crop = cropToAspect({ width, height }, toWidth / toHeight);
        expect(crop.x + crop.width).toBeLessThanOrEqual(width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(height);
        expect(crop.width === width || crop.height === height).toBe(true);
        expect(crop.x % 2).toBe(0);
        expect(crop.y % 2).toBe(0);
      }),
    );
  });

  it("cuts the sides off a wide picture, in equal parts", () => {
    expect(cropToAspect({ width: 1280, height: 720 }, 1)).toEqual({
      x: 280,
      y: 0,
      width: 720,
      height: 720,
    });
  });

  it("leaves a picture whole whose aspect differs by less than a px", () => {
    const whole = { x: 0, y: 0, width: 854, height: 480 };
    expect(cropToAspect({ width: 854, height: 480 }, 16 / 9)).toEqual(whole);
  });
});
