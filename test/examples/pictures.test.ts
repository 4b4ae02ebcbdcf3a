import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { create } from "qrcode";
import { beforeEach, expect, test } from "vitest";

import { headerDuration } from "../support/header-duration.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { runExample } from "../support/run-example.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

beforeEach((context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
});

test("The photo booth takes four photos", async () => {
  const cwd = temporaryFolder();
  const files = await runExample("photo-booth.mjs", ["strip"], { cwd });
  expect(files).toEqual([1, 2, 3, 4].map((number) => join("strip", `photo-${number}.jpg`)));
  for (const file of files) {
    const { streams } = await probe(join(cwd, file));
    expect(streams).toMatchObject([{ codec_name: "mjpeg", width: 1280, height: 720 }]);
  }
});

test("The time lapse shows its pictures at 25 a second, whatever time passed between", async () => {
  const cwd = temporaryFolder();
  const printed = await runExample("time-lapse.mjs", ["lapse.mp4", "10", "200"], { cwd });
  expect(printed).toEqual(["lapse.mp4: 10 pictures"]);
  const path = join(cwd, "lapse.mp4");
  const packets = await packetsOf(path, "v");
  expect(packets.map(({ ptsS }) => Math.round(ptsS * 1000))).toEqual(
    Array.from({ length: 10 }, (_value, index) => index * 40),
  );
  expect(await headerDuration(path)).toBeCloseTo(0.4, 1);
});

test("The countdown's pictures and sound are the program's own", async () => {
  const cwd = temporaryFolder();
  await runExample("countdown.mjs", ["countdown.webm", "2"], { cwd });
  const path = join(cwd, "countdown.webm");
  const { streams } = await probe(path);
  expect(streams.map(({ codec_name }) => codec_name).toSorted()).toEqual(["opus", "vp8"]);
  expect((await packetsOf(path, "v")).length).toBe(50);
  // Beeps in the first 120 ms of each second, and nothing between them.
  const samples = decodedSound(path);
  const loudness = [0.05, 0.5, 1.05, 1.5].map((atS) => {
    const piece = samples.subarray(Math.round(atS * 48_000), Math.round((atS + 0.04) * 48_000));
    return Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / piece.length);
  });
  expect(loudness.map((rms) => rms > 0.1)).toEqual([true, false, true, false]);
});

/** Channel 1 at 48 kHz. */
function decodedSound(path: string): Float32Array {
  const format = ["-f", "f32le", "-ac", "1", "-ar", "48000", "-"];
  const pcm = execFileSync("ffmpeg", ["-v", "error", "-i", path, ...format]);
  return new Float32Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
}

test("The motion detector says when something moves and when it is still again", async () => {
  const cwd = temporaryFolder();
  const file = join(cwd, "door.mkv");
  // A door that nobody goes through but in the third second.
  const walker = "overlay=x='if(between(t,2,3),(t-2)*240,-80)':y=60";
  execFileSync("ffmpeg", [
    ..."-v error -f lavfi -i color=gray:size=320x240:rate=15:duration=5".split(" "),
    ..."-f lavfi -i color=red:size=60x120:rate=15:duration=5".split(" "),
    ...["-filter_complex", `[0:v][1:v]${walker}`, "-c:v", "ffv1", file],
  ]);
  const lines = await runExample("motion-detector.mjs", ["2"], { cwd, file });
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["motion", "still", "motion", "still"]);
});

test("The QR reader reads what is held before the camera", async () => {
  const cwd = temporaryFolder();
  const text = "https://example.org/frames?in=1&out=2";
  const file = join(cwd, "code.mkv");
  const { size, data } = create(text).modules;
  const pixels = Uint8Array.from(data, (dark) => (dark ? 0 : 255));
  const picture = `rawvideo -pix_fmt gray -video_size ${size}x${size} -i pipe:0`.split(" ");
  const look = "scale=240:240:flags=neighbor,pad=640:480:(ow-iw)/2:(oh-ih)/2:white,loop=60:1:0";
  execFileSync("ffmpeg", ["-v", "error", "-f", ...picture, "-vf", look, "-r", "15", file], {
    input: pixels,
  });
  expect(statSync(file).size).toBeGreaterThan(0);
  expect(await runExample("qr-reader.mjs", [], { cwd, file })).toEqual([text]);
});
