import { spawnSync } from "node:child_process";

import { expect, it } from "vitest";

import { TestPicture } from "../../src/backends/synthetic/test-picture.ts";
import { pictureOf } from "../../src/media/video-frame.ts";
import { readFrameMark } from "../support/read-frame-mark.ts";

const FRAMES = 20;
const RATE = 30;

function ffmpeg(args: readonly string[], input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync("ffmpeg", ["-v", "error", ...args, "pipe:1"], {
    input,
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`);
  return stdout;
}

it.each([
  [1280, 720, "700k"],
  [640, 480, "300k"],
  [320, 240, "120k"],
  [96, 96, "60k"],
])("a frame's number at %dx%d can be read after VP8 at %sbit/s", (width, height, bitrate) => {
  const picture = new TestPicture(width, height, 0);
  const raw = Buffer.concat(
    Array.from({ length: FRAMES }, (_item, number) => {
      const timestamp = Math.round((number * 1e6) / RATE);
      const moment = { number, flash: number < 3, timestamp, duration: 33_333, wallMs: timestamp };
      const frame = picture.draw(moment);
      const bytes = Buffer.from(pictureOf(frame).data);
      frame.close();
      return bytes;
    }),
  );
  const size = ["-s", `${width}x${height}`, "-r", String(RATE)];
  const encode = ["-c:v", "libvpx", "-b:v", bitrate, "-deadline", "realtime", "-threads", "1"];
  const webm = ffmpeg(
    ["-f", "rawvideo", "-pix_fmt", "yuv420p", ...size, "-i", "pipe:0", ...encode, "-f", "webm"],
    raw,
  );
  const gray = ffmpeg(["-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "gray"], webm);
  const marks = Array.from({ length: gray.length / (width * height) }, (_item, index) =>
    readFrameMark({ data: gray, offset: index * width * height, width, height }),
  );
  expect(marks).toEqual(
    Array.from({ length: FRAMES }, (_item, number) => ({ number, flash: number < 3 })),
  );
});
