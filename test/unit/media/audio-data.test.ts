import { afterEach, describe, expect, it } from "vitest";

import { AudioData } from "../../../src/media/audio-data.ts";
import { expectNoOpenFrames } from "../../support/open-frames.ts";

const stereo = {
  format: "s16",
  sampleRate: 8000,
  numberOfFrames: 4,
  numberOfChannels: 2,
  timestamp: 99,
  data: Int16Array.from([0, 100, 16_384, 200, -32_768, 300, 32_767, 400]),
} as const;

afterEach(expectNoOpenFrames);

describe("AudioData", () => {
  it("says of itself what its init said, and its duration", () => {
    const data = new AudioData(stereo);
    expect(data).toMatchObject({
      format: "s16",
      sampleRate: 8000,
      numberOfFrames: 4,
      numberOfChannels: 2,
      timestamp: 99,
      duration: 500,
    });
    data.close();
    expect(data).toMatchObject({ format: null, sampleRate: 0, numberOfFrames: 0, timestamp: 99 });
    expect(data.duration).toBe(0);
  });

  it("copies one channel as f32-planar", () => {
    const data = new AudioData(stereo);
    const options = { planeIndex: 0, format: "f32-planar" } as const;
    const out = new Float32Array(data.allocationSize(options) / 4);
    data.copyTo(out, options);
    expect([...out]).toEqual([0, 0.5, -1, 32_767 / 32_768]);
    data.close();
  });

  it("copies some frames of both channels, interleaved", () => {
    const data = new AudioData(stereo);
    const out = new Int16Array(4);
    data.copyTo(out, { planeIndex: 0, frameOffset: 1, frameCount: 2 });
    expect([...out]).toEqual([16_384, 200, -32_768, 300]);
    data.close();
  });

  it("interleaves planes, and clips what an integer format can't hold", () => {
    const data = new AudioData({
      ...stereo,
      format: "f32-planar",
      numberOfFrames: 2,
      data: Float32Array.from([0.5, 2, -0.5, -2]),
    });
    const out = new Uint8Array(4);
    data.copyTo(out, { planeIndex: 0, format: "u8" });
    expect([...out]).toEqual([192, 64, 255, 0]);
    data.close();
  });

  it("reads and writes samples at odd addresses", () => {
    const odd = new Uint8Array(17);
    odd.set(new Uint8Array(stereo.data.buffer), 1);
    const data = new AudioData({ ...stereo, data: odd.subarray(1) });
    const out = new Uint8Array(9);
    data.copyTo(out.subarray(1), { planeIndex: 0, format: "s16-planar" });
    expect(new DataView(out.buffer).getInt16(3, true)).toBe(16_384);
    data.close();
  });

  it.each([
    ["a plane beyond the last", { planeIndex: 2, format: "s16-planar" }],
    ["a second plane of an interleaved format", { planeIndex: 1 }],
    ["an offset beyond the end", { planeIndex: 0, frameOffset: 4 }],
    ["more frames than follow", { planeIndex: 0, frameOffset: 2, frameCount: 3 }],
  ] as const)("refuses %s with a RangeError", (_what, options) => {
    const data = new AudioData(stereo);
    expect(() => data.allocationSize(options)).toThrow(RangeError);
    data.close();
  });

  it("refuses a destination that is too small with a RangeError", () => {
    const data = new AudioData(stereo);
    expect(() => data.copyTo(new Uint8Array(15), { planeIndex: 0 })).toThrow(RangeError);
    data.close();
  });

  it.each([
    ["too few bytes", { ...stereo, numberOfFrames: 5 }],
    ["no channels", { ...stereo, numberOfChannels: 0 }],
    ["no sample rate", { ...stereo, sampleRate: 0 }],
    ["an unknown format", { ...stereo, format: "f64" }],
  ])("refuses %s with a TypeError", (_what, init) => {
    expect(() => new AudioData(init as never)).toThrow(TypeError);
  });

  it("throws InvalidStateError once closed, while its clone stays usable", () => {
    const data = new AudioData(stereo);
    const clone = data.clone();
    data.close();
    const closed = expect.objectContaining({ name: "InvalidStateError" });
    expect(() => data.clone()).toThrow(closed);
    expect(() => data.copyTo(new Uint8Array(64), { planeIndex: 0 })).toThrow(closed);
    expect(clone.numberOfFrames).toBe(4);
    clone.close();
  });
});
