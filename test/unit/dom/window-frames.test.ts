import { JSDOM } from "jsdom";
import { afterEach, expect, test } from "vitest";
import { createWindowFrames } from "../../../src/dom/window-frames.ts";
import { AudioData } from "../../../src/media/audio-data.ts";
import { openFrameCount } from "../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../src/media/video-frame.ts";
import type { Intrinsics } from "../../../src/webidl/intrinsics.ts";

const { window } = new JSDOM("", { runScripts: "outside-only", url: "https://page.example" });
const frames = createWindowFrames(window as unknown as Intrinsics);

afterEach(() => expect(openFrameCount()).toBe(0));

const size = { format: "RGBA", codedWidth: 2, codedHeight: 2, timestamp: 5 } as const;
const sound = { format: "f32", sampleRate: 8000, numberOfFrames: 4, numberOfChannels: 1 } as const;

test("A window's frames have the interfaces' names, and are frames for everybody else", () => {
  const frame = new frames.VideoFrame(new Uint8Array(16), size);
  const clone = frame.clone();
  expect(frames.VideoFrame.name).toBe("VideoFrame");
  expect(clone).toBeInstanceOf(frames.VideoFrame);
  expect(clone).toBeInstanceOf(VideoFrame);
  frame.close();
  clone.close();
});

test("What they throw and reject with is the window's", async () => {
  const frame = new frames.VideoFrame(new Uint8Array(16), size);
  const copy = frame.copyTo(new Uint8Array(1));
  expect(copy).toBeInstanceOf(window.Promise);
  await expect(copy).rejects.toBeInstanceOf(window.TypeError);
  const layout = await frame.copyTo(new Uint8Array(16));
  expect(layout).toBeInstanceOf(window.Array);
  frame.close();
  expect(() => frame.clone()).toThrow(window.DOMException);
  expect(() => frame.allocationSize()).toThrow(window.DOMException);
  expect(() => new frames.VideoFrame(new Uint8Array(1), size)).toThrow(window.TypeError);
  expect(() => new frames.VideoFrame(frame)).toThrow(window.DOMException);
});

test("A frame from elsewhere is adopted: the same content, and the other is closed", () => {
  const picture = new VideoFrame(new Uint8Array(16), size);
  const samples = new AudioData({ ...sound, timestamp: 7, data: new Float32Array(4) });
  const own = [frames.adopt(picture), frames.adopt(samples)];
  expect(own[0]).toBeInstanceOf(frames.VideoFrame);
  expect(own[1]).toBeInstanceOf(frames.AudioData);
  expect(own).toMatchObject([
    { timestamp: 5, codedWidth: 2 },
    { timestamp: 7, numberOfFrames: 4 },
  ]);
  expect([picture.format, samples.format]).toEqual([null, null]);
  for (const frame of own) frame.close();
});
