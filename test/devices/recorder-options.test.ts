import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { MediaRecorder } from "../../src/web/recorder/media-recorder.ts";
import type { MediaRecorderOptions } from "../../src/web/recorder/media-recorder-options.ts";
import type { MediaStream } from "../../src/web/stream/media-stream.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { recordToFile } from "../support/record-to-file.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

let world: SyntheticWorld;

beforeEach(() => {
  world = new SyntheticWorld();
});
afterEach(() => world.close());

/** The file of three seconds, or of some more where the machine is busy. */
async function record(stream: MediaStream, options: MediaRecorderOptions): Promise<string> {
  const { file } = await recordToFile(stream, options, () => pause(3_000));
  return file;
}

async function alone(kind: "video" | "audio", height = 240): Promise<MediaStream> {
  const stream = await world.stream({ width: (height * 4) / 3, height });
  for (const track of stream.getTracks()) if (track.kind !== kind) stream.removeTrack(track);
  return stream;
}

/** Bytes of the packets of the first stream. */
function sizesOf(file: string): number[] {
  const args = ["-v", "error", "-show_entries", "packet=size", "-of", "csv=p=0", file];
  const lines = execFileSync("ffprobe", args, { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => Number.parseInt(line, 10));
}

async function bitrateOf(file: string): Promise<number> {
  const bytes = sizesOf(file).reduce((sum, size) => sum + size, 0);
  return (bytes * 8) / (await probe(file)).durationS;
}

describe("Key frames", () => {
  test("come after videoKeyFrameIntervalDuration at the latest", async () => {
    const file = await record(await alone("video"), { videoKeyFrameIntervalDuration: 500 });
    const keys = (await packetsOf(file, "v")).filter(({ isKey }) => isKey).map(({ ptsS }) => ptsS);
    expect(keys.length).toBeGreaterThanOrEqual(4);
    // The first picture after the interval, which is one frame later, or a few on a busy machine.
    const distances = keys.slice(1).map((ptsS, index) => ptsS - (keys[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThan(0.4);
    expect(distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)]).toBeLessThan(0.6);
  });

  test("come after videoKeyFrameIntervalCount frames", async () => {
    const file = await record(await alone("video"), { videoKeyFrameIntervalCount: 15 });
    const packets = await packetsOf(file, "v");
    const keys = packets.flatMap(({ isKey }, index) => (isKey ? [index] : []));
    const distances = keys.slice(1).map((key, index) => key - (keys[index] ?? 0));
    expect(distances.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...distances)).toBeLessThanOrEqual(16);
  });
});

describe("Bits", () => {
  test.each(["vp8", "vp9", "avc1.42E01E"])(
    "are as videoBitsPerSecond says, in %s",
    async (codec) => {
      const mimeType = `video/${codec.startsWith("avc") ? "mp4" : "webm"};codecs=${codec}`;
      const rates: number[] = [];
      for (const videoBitsPerSecond of [40_000, 1_200_000]) {
        const stream = await alone("video", 480);
        rates.push(await bitrateOf(await record(stream, { mimeType, videoBitsPerSecond })));
      }
      const [low = 0, high = 0] = rates;
      // The synthetic picture needs little: with room it takes some 150 kbit/s.
      expect(low).toBeLessThan(100_000);
      expect(high / low).toBeGreaterThan(1.5);
    },
  );

  test("are shared out where bitsPerSecond is given", async () => {
    const stream = await world.stream({ width: 320, height: 240 });
    const recorder = new MediaRecorder(stream, { bitsPerSecond: 400_000 });
    recorder.start();
    const { audioBitsPerSecond, videoBitsPerSecond } = recorder;
    expect(audioBitsPerSecond + videoBitsPerSecond).toBeLessThanOrEqual(400_000);
    expect(videoBitsPerSecond).toBeGreaterThan(audioBitsPerSecond);
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.stop();
    await stopped;
  });

  test("of sound may be more than Opus has", async () => {
    const options = { mimeType: "audio/webm", audioBitsPerSecond: 4_000_000 };
    const { file } = await recordToFile(await alone("audio"), options, () => pause(500));
    expect((await probe(file)).durationS).toBeGreaterThan(0.3);
  });

  test("of sound are the same in each packet with a constant audioBitrateMode", async () => {
    const options = { mimeType: "audio/webm", audioBitsPerSecond: 64_000 };
    const constant = { ...options, audioBitrateMode: "constant" } as const;
    const even = sizesOf(await record(await alone("audio"), constant));
    // 20 ms at 64 kbit/s.
    expect(new Set(even.slice(2, -2))).toEqual(new Set([160]));
    const variable = sizesOf(await record(await alone("audio"), options));
    expect(new Set(variable).size).toBeGreaterThan(5);
  });
});

test.each([
  ["video/x-matroska;codecs=vp8,opus", ["vp8", "opus"]],
  ["video/x-matroska;codecs=vp9,pcm", ["vp9", "pcm_s16le"]],
  ["video/x-matroska;codecs=av1,opus", ["av1", "opus"]],
  ["video/mp4;codecs=vp09.00.10.08,opus", ["vp9", "opus"]],
  ["video/mp4;codecs=av01.0.04M.08,mp4a.40.2", ["av1", "aac"]],
])("%s is recorded too", async (mimeType, codecs) => {
  expect(MediaRecorder.isTypeSupported(mimeType)).toBe(true);
  const file = await record(await world.stream({ width: 320, height: 240 }), { mimeType });
  const { streams } = await probe(file);
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(codecs);
});
