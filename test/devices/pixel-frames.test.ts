import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import type { MediaTrackSettings } from "../../src/constraints/types.ts";
import { BackendCatalogue } from "../../src/engine/catalogue/device-catalogue.ts";
import { DeviceSourcePool } from "../../src/engine/source/source-pool.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import type { PackedPixelFormat } from "../../src/media/encoding.ts";
import type { FrameBytes, FrameOptions } from "../../src/sinks/frames/frame-options.ts";
import { PixelReader } from "../../src/sinks/frames/pixel-reader.ts";
import { readFrames } from "../../src/sinks/frames/read-frames.ts";
import { expectNoOpenFrames } from "../support/open-frames.ts";

const FORMATS = {
  rgb24: "rgb24",
  bgr24: "bgr24",
  rgba: "rgba",
  gray8: "gray",
  nv12: "nv12",
  i420: "yuv420p",
} as const;
const formats = Object.keys(FORMATS) as PackedPixelFormat[];

const folder = mkdtempSync(join(tmpdir(), "usermedia-test-"));
const clip = join(folder, "clip.mp4");

beforeAll(() => {
  // BT.709 and 322x242 px: what goes by names of formats alone, or by even sizes, shows.
  const source = "testsrc2=size=322x242:rate=30:duration=1";
  const colours = "setparams=colorspace=bt709:range=tv:color_primaries=bt709:color_trc=bt709";
  const filter = `scale=out_color_matrix=bt709,format=yuv420p,${colours}`;
  const args = ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-vf", filter, "-qp", "0", clip];
  execFileSync("ffmpeg", args);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(expectNoOpenFrames);

/** A track on the file, which gives its pictures as they are taken. */
async function open(settings: MediaTrackSettings = {}, pacing = "asFastAsPossible" as const) {
  const backend = fileBackend({ files: [clip], loop: false, pacing });
  const pool = new DeviceSourcePool([backend], { clock: systemClock, codecs: undefined });
  onTestFinished(async () => {
    await pool.close();
    await backend.close?.();
  });
  const [device] = await new BackendCatalogue([backend], systemClock).list();
  if (device === undefined) throw new Error("no device");
  return await pool.openTrack(device, settings);
}

async function firstOf(reader: AsyncIterable<FrameBytes>): Promise<FrameBytes> {
  for await (const frame of reader) return frame;
  throw new Error("no frame");
}

/** The first picture as FFmpeg's own program makes it. */
function expectedPicture(format: PackedPixelFormat, filters: readonly string[] = []): Buffer {
  const vf = [...filters, `format=${FORMATS[format]}`].join(",");
  const args = ["-v", "error", "-i", clip, "-vf", vf, "-frames:v", "1", "-f", "rawvideo", "-"];
  return execFileSync("ffmpeg", args, { maxBuffer: 1e8 });
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((sum, byte, at) => sum + Math.abs(byte - (other[at] ?? 0)), 0) / one.length;
}

test.each(formats)(
  "%s is what ffmpeg makes of the picture, converted beside it",
  async (format) => {
    const track = await open();
    expect(track.convertsPixels).toBe(true);
    const frame = await firstOf(readFrames(track, { format }));
    expect(frame).toMatchObject({ format, width: 322, height: 242 });
    expect(meanDifference(frame, expectedPicture(format))).toBeLessThan(2);
  },
);

test.each(formats)("%s is the same where the program itself converts it", async (format) => {
  const track = await open();
  const frame = await firstOf(new PixelReader(track, {}, format));
  expect(frame).toMatchObject({ format, width: 322, height: 242 });
  expect(meanDifference(frame, expectedPicture(format))).toBeLessThan(2);
});

test("a picture is cropped in the middle to the wanted shape, and scaled", async () => {
  const options: FrameOptions = { format: "rgb24", width: 120, height: 60 };
  const frame = await firstOf(readFrames(await open(), options));
  expect(frame).toMatchObject({ width: 120, height: 60 });
  const filters = ["crop=322:160:0:40", "scale=120:60:flags=bilinear"];
  expect(meanDifference(frame, expectedPicture("rgb24", filters))).toBeLessThan(6);
});

test("what a track makes of its source's pictures comes first, and follows its settings", async () => {
  const settings = { width: 120, height: 120, frameRate: 10, resizeMode: "crop-and-scale" };
  const track = await open(settings);
  const reader = readFrames(track, { format: "gray8", width: 60 });
  const times: number[] = [];
  let sizes = "";
  for await (const { height, timestamp, width } of reader) {
    times.push(timestamp);
    const size = `${width}x${height}`;
    if (!sizes.endsWith(size)) sizes += ` ${size}`;
    if (times.length === 2) {
      await track.applySettings({ ...settings, height: 60 });
    }
  }
  expect(sizes).toBe(" 60x60 60x30");
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeCloseTo(100_000, -4);
  expect(times.length + reader.dropped).toBe(10);
  expect(track.counts).toMatchObject({ delivered: 10, discarded: 20, dropped: 0 });
});

test.each(formats)("%s of a disabled track is black", async (format) => {
  const track = await open();
  track.enabled = false;
  const frame = await firstOf(readFrames(track, { format }));
  const black = execFileSync("ffmpeg", [
    ...["-v", "error", "-f", "lavfi", "-i", "color=black:size=322x242:duration=1", "-vf"],
    ...[`format=${FORMATS[format]}`, "-frames:v", "1", "-f", "rawvideo", "-"],
  ]);
  expect(meanDifference(frame, black)).toBe(0);
});

test("every picture of a file that is read to its end comes, in order, and then the end", async () => {
  const times: number[] = [];
  const track = await open();
  for await (const { timestamp } of readFrames(track, { format: "bgr24", maxBufferSize: 40 })) {
    times.push(timestamp);
  }
  expect(times).toHaveLength(30);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(track.readyState).toBe("ended");
});
