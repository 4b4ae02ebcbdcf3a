import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { EncodedChunk, EncoderConfig } from "../../../../../src/media/encoding.ts";
import { FileTarget } from "../../../../../src/sinks/recorder/file-target.ts";
import { boxesIn } from "../../../../../src/sinks/recorder/muxing/mp4-boxes.ts";
import { openMuxer } from "../../../../../src/sinks/recorder/muxing/muxer.ts";
import type { RecordingTarget } from "../../../../../src/sinks/recorder/recording-target.ts";
import { systemClock } from "../../../../../src/engine/clock/system-clock.ts";
import { RecordedData } from "../../../../../src/web/recorder/recorded-data.ts";
import { encodedFixture } from "../../../../support/encoded-fixture.ts";
import type { EncodedFixture } from "../../../../support/encoded-fixture.ts";
import { headerDuration } from "../../../../support/header-duration.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

const run = promisify(execFile);
const configs: readonly EncoderConfig[] = [
  {
    ...{ kind: "video", codec: "avc1.42E01E", width: 320, height: 240, framerate: 30 },
    ...{ bitrate: 1e6, keyFrameIntervalUs: 1e6 },
  },
  { kind: "audio", codec: "mp4a.40.2", sampleRate: 48_000, numberOfChannels: 1, bitrate: 64e3 },
];
let fixture: EncodedFixture;

beforeAll(async () => {
  fixture = await encodedFixture("mp4", 4);
});

/** Muxes the fixture, `soundFromUs` later its sound, and leaves the file as it is then or ends it. */
async function mux(target: RecordingTarget, { isFinished = true, soundFromUs = 0 } = {}) {
  const muxer = await openMuxer(
    "mp4",
    configs.map((config) => ({ config })),
    target,
  );
  const all: { index: number; chunk: EncodedChunk; atUs: number }[] = [
    ...fixture.video.map((chunk) => ({ index: 0, chunk, atUs: chunk.timestamp })),
    ...fixture.audio.map((chunk) => ({
      index: 1,
      chunk,
      atUs: Math.max(0, chunk.timestamp) + soundFromUs,
    })),
  ];
  for (const { index, chunk, atUs } of all.toSorted((a, b) => a.atUs - b.atUs)) {
    await muxer.add(index, chunk, atUs);
  }
  if (isFinished) await muxer.finalize();
}

async function muxToFile(name: string, options = {}): Promise<string> {
  const path = join(temporaryFolder(), name);
  const target = await FileTarget.open(path);
  await mux(target, options);
  await target.close();
  return path;
}

async function boxTypes(file: string): Promise<string[]> {
  return boxesIn(await readFile(file)).map(({ type }) => type);
}

/** The decoded pictures and sound, as `ffmpeg` hashes them with their times. */
async function decoded(file: string): Promise<string> {
  const args = ["-v", "error", "-i", file, "-map", "0:v", "-f", "framemd5", "-"];
  return (await run("ffmpeg", args)).stdout;
}

test("A finished file needs no fragments, says how long it is and plays as before", async () => {
  const finished = await muxToFile("finished.mp4");
  const torn = await muxToFile("torn.mp4", { isFinished: false });
  expect(await boxTypes(finished)).toEqual(["ftyp", "mdat", "moov"]);
  expect(await boxTypes(torn)).toContain("moof");
  expect(await headerDuration(finished)).toBeCloseTo(4, 1);
  const tornPictures = (await decoded(torn)).trimEnd();
  expect(tornPictures.split("\n").length).toBeGreaterThan(60);
  expect(await decoded(finished)).toContain(tornPictures);
});

test("Sound that begins later begins later in the finished file, too", async () => {
  const file = await muxToFile("late.mp4", { soundFromUs: 500_000 });
  const args = ["-v", "error", "-show_entries", "stream=codec_type,start_time", "-of", "csv=p=0"];
  const { stdout } = await run("ffprobe", [...args, file]);
  expect(stdout.trim().split("\n")).toEqual(["video,0.000000", "audio,0.500000"]);
});

test("What breaks off between the index and the bytes that make it count plays as before", async () => {
  const path = join(temporaryFolder(), "between.mp4");
  const target = await FileTarget.open(path);
  target.patch = async () => {};
  await mux(target);
  await target.close();
  const pictures = await decoded(path);
  expect(pictures.split("\n").filter((line) => line.startsWith("0,"))).toHaveLength(120);
});

test("One Blob of all data has its index first, and nothing in it is copied", async () => {
  const data = new RecordedData(systemClock, undefined, () => {});
  await mux(data);
  const file = join(temporaryFolder(), "blob.mp4");
  await writeFile(file, Buffer.concat(data.take().parts));
  expect(await boxTypes(file)).toEqual(["ftyp", "moov", "mdat"]);
  expect(await headerDuration(file)).toBeCloseTo(4, 1);
  expect(await decoded(file)).toBe(await decoded(await muxToFile("same.mp4")));
});

test("Data of which a part was handed out stays in fragments", async () => {
  const parts: Uint8Array[] = [];
  const data = new RecordedData(systemClock, 0, () => parts.push(...data.take().parts));
  await mux(data);
  parts.push(...data.take().parts);
  const types = boxesIn(Buffer.concat(parts)).map(({ type }) => type);
  expect(types).toContain("moof");
  expect(types.filter((type) => type === "moov")).toHaveLength(1);
});

test("A file that is cut at any page is readable", async () => {
  const torn = await muxToFile("pages.mp4", { isFinished: false });
  const bytes = await readFile(torn);
  const boxes = boxesIn(bytes);
  const fragments = boxes.filter(({ type }) => type === "moof");
  expect(fragments.length).toBeGreaterThan(2);
  for (const { start, end } of fragments) {
    // With the header of the media data behind it.
    expect(Math.floor((end + 7) / 4_096)).toBe(Math.floor(start / 4_096));
  }
});
