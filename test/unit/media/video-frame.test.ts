import { createCanvas } from "@napi-rs/canvas";
import { afterEach, describe, expect, it } from "vitest";

import { adoptVideoFrame } from "../../../src/media/adopt-frame.ts";
import { pictureOf, VideoFrame } from "../../../src/media/video-frame.ts";
import { expectNoOpenFrames } from "../../support/open-frames.ts";

const I420 = { format: "I420", codedWidth: 4, codedHeight: 2, timestamp: 1234 } as const;
const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 108, 109, 110, 111]);

afterEach(expectNoOpenFrames);

function use<Result>(frame: VideoFrame, action: (frame: VideoFrame) => Result): Result {
  try {
    return action(frame);
  } finally {
    frame.close();
  }
}

describe("VideoFrame", () => {
  it("says of itself what its init said, with the spec's defaults", () => {
    use(new VideoFrame(bytes, { ...I420, duration: 40 }), (frame) => {
      expect(frame.format).toBe("I420");
      expect([frame.codedWidth, frame.codedHeight]).toEqual([4, 2]);
      expect([frame.displayWidth, frame.displayHeight]).toEqual([4, 2]);
      expect(frame.visibleRect?.toJSON()).toMatchObject({ x: 0, y: 0, width: 4, height: 2 });
      expect([frame.timestamp, frame.duration]).toEqual([1234, 40]);
      expect(frame.colorSpace.toJSON()).toMatchObject({ matrix: "bt709", fullRange: false });
    });
  });

  it("is made of what is painted on a canvas", async () => {
    const canvas = createCanvas(4, 2);
    const context = canvas.getContext("2d");
    context.fillStyle = "rgb(10 20 30)";
    context.fillRect(0, 0, 4, 2);
    const frame = new VideoFrame(canvas, { timestamp: 5, alpha: "discard" });
    context.clearRect(0, 0, 4, 2);
    expect(frame).toMatchObject({ format: "RGBX", codedWidth: 4, codedHeight: 2, timestamp: 5 });
    const copy = new Uint8Array(frame.allocationSize());
    await frame.copyTo(copy);
    expect([...copy.slice(0, 3)]).toEqual([10, 20, 30]);
    frame.close();
    const empty = { width: 0, height: 2, getContext: () => null };
    expect(() => new VideoFrame(empty, { timestamp: 0 })).toThrow("has no picture");
    expect(() => new VideoFrame(canvas, {} as { timestamp: number })).toThrow(TypeError);
  });

  it("copies its bytes, so that changing the source later changes nothing", async () => {
    const source = bytes.slice();
    const frame = new VideoFrame(source, I420);
    source.fill(0);
    const copy = new Uint8Array(frame.allocationSize());
    expect(await frame.copyTo(copy)).toEqual([
      { offset: 0, stride: 4 },
      { offset: 8, stride: 2 },
      { offset: 10, stride: 2 },
    ]);
    expect(copy).toEqual(bytes);
    frame.close();
  });

  it("moves a transferred buffer instead of copying", () => {
    const source = bytes.slice();
    use(new VideoFrame(source, { ...I420, transfer: [source.buffer] }), (frame) => {
      expect(source.byteLength).toBe(0);
      expect([...pictureOf(frame).data]).toEqual([...bytes]);
    });
  });

  it("shares its bytes with its clones and frees them with the last of these", () => {
    let freed = 0;
    const data = bytes.slice();
    const frame = adoptVideoFrame(data, I420, () => freed++);
    const clone = frame.clone();
    expect(pictureOf(clone).data).toBe(data);
    frame.close();
    frame.close();
    expect(freed).toBe(0);
    clone.close();
    expect(freed).toBe(1);
  });

  it("is empty once closed, but keeps its timestamp", async () => {
    const frame = new VideoFrame(bytes, { ...I420, duration: 5 });
    frame.close();
    expect(frame).toMatchObject({
      format: null,
      codedWidth: 0,
      codedHeight: 0,
      codedRect: null,
      visibleRect: null,
      displayWidth: 0,
      timestamp: 1234,
      duration: 5,
    });
    const closed = expect.objectContaining({ name: "InvalidStateError" });
    expect(() => frame.clone()).toThrow(closed);
    expect(() => frame.allocationSize()).toThrow(closed);
    await expect(frame.copyTo(new Uint8Array(12))).rejects.toThrow(closed);
  });

  it("copies a part of the picture into a given layout", async () => {
    const frame = new VideoFrame(bytes, I420);
    const out = new Uint8Array(16);
    const rect = { x: 2, y: 0, width: 2, height: 2 };
    const layout = [
      { offset: 4, stride: 4 },
      { offset: 0, stride: 1 },
      { offset: 1, stride: 1 },
    ];
    await frame.copyTo(out, { rect, layout });
    expect([...out]).toEqual([109, 111, 0, 0, 3, 4, 0, 0, 7, 8, 0, 0, 0, 0, 0, 0]);
    frame.close();
  });

  it("scales the display size with a smaller visible rect", () => {
    const frame = new VideoFrame(bytes, { ...I420, displayWidth: 8, displayHeight: 8 });
    const part = new VideoFrame(frame, { visibleRect: { x: 0, y: 0, width: 2, height: 2 } });
    expect([part.displayWidth, part.displayHeight, part.codedWidth]).toEqual([4, 8, 4]);
    part.close();
    frame.close();
  });

  it.each([
    ["no size", { ...I420, codedWidth: 0 }],
    ["an unknown format", { ...I420, format: "P010" }],
    ["no timestamp", { ...I420, timestamp: undefined }],
    ["too few bytes", { ...I420, codedHeight: 4 }],
    ["one of the display sizes", { ...I420, displayWidth: 4 }],
    ["an odd start of the visible rect", { ...I420, visibleRect: { x: 1, width: 2, height: 2 } }],
    ["a visible rect beyond the picture", { ...I420, visibleRect: { width: 6, height: 2 } }],
    ["a missing plane", { ...I420, layout: [{ offset: 0, stride: 4 }] }],
    [
      "planes that overlap",
      {
        ...I420,
        layout: [
          { offset: 0, stride: 4 },
          { offset: 7, stride: 2 },
          { offset: 10, stride: 2 },
        ],
      },
    ],
  ])("refuses %s with a TypeError", (_what, init) => {
    expect(() => new VideoFrame(bytes, init as never)).toThrow(TypeError);
  });

  it.each(["RGBA", "BGRX"] as const)("converts grey, red and white to %s", async (format) => {
    // BT.709, limited range: grey 126, red (63, 102, 240), white 235.
    const data = Uint8Array.from([126, 126, 63, 63, 235, 235, 128, 102, 128, 128, 240, 128]);
    const init = { ...I420, codedWidth: 6, codedHeight: 1 };
    const frame = new VideoFrame(data, init);
    const out = new Uint8Array(frame.allocationSize({ format }));
    await frame.copyTo(out, { format });
    const colour = (index: number): number[] => {
      const [first = 0, green = 0, third = 0, alpha = 0] = out.subarray(index * 4);
      return format === "RGBA" ? [first, green, third, alpha] : [third, green, first, alpha];
    };
    const near = (actual: number[], wanted: number[]): void =>
      wanted.forEach((value, index) =>
        expect(Math.abs((actual[index] ?? 0) - value)).toBeLessThan(3),
      );
    near(colour(0), [128, 128, 128, 255]);
    near(colour(2), [255, 0, 0, 255]);
    near(colour(5), [255, 255, 255, 255]);
    frame.close();
  });

  it("doesn't convert to another YUV format", () => {
    use(new VideoFrame(bytes, I420), (frame) => {
      expect(() => frame.allocationSize({ format: "NV12" })).toThrow(
        expect.objectContaining({ name: "NotSupportedError" }),
      );
    });
  });

  it("drops alpha when asked", async () => {
    const pixel = Uint8Array.from([1, 2, 3, 4]);
    const frame = new VideoFrame(pixel, {
      format: "RGBA",
      codedWidth: 1,
      codedHeight: 1,
      timestamp: 0,
    });
    const opaque = new VideoFrame(frame, { alpha: "discard", timestamp: 7 });
    expect([opaque.format, opaque.timestamp]).toEqual(["RGBX", 7]);
    const out = new Uint8Array(4);
    await opaque.copyTo(out, { format: "BGRA" });
    expect([...out]).toEqual([3, 2, 1, 255]);
    frame.close();
    opaque.close();
  });
});
