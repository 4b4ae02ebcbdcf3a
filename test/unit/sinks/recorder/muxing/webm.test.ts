import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { systemClock } from "../../../../../src/engine/clock/system-clock.ts";
import { FileTarget } from "../../../../../src/sinks/recorder/file-target.ts";
import { openMuxer } from "../../../../../src/sinks/recorder/muxing/muxer.ts";
import type { RecordingTarget } from "../../../../../src/sinks/recorder/recording-target.ts";
import { RecordedData } from "../../../../../src/web/recorder/recorded-data.ts";
import { encodedFixture } from "../../../../support/encoded-fixture.ts";
import { headerDuration } from "../../../../support/header-duration.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

const run = promisify(execFile);
const cuesId = Buffer.from([0x1c, 0x53, 0xbb, 0x6b]);
const seekHeadId = Buffer.from([0x11, 0x4d, 0x9b, 0x74]);

async function mux(container: "webm" | "matroska", target: RecordingTarget): Promise<void> {
  const { video } = await encodedFixture("webm", 4);
  const shape = { width: 320, height: 240, framerate: 30, bitrate: 1e6, keyFrameIntervalUs: 1e6 };
  const config = { kind: "video", codec: "vp8", ...shape } as const;
  const muxer = await openMuxer(container, [{ config }], target);
  for (const chunk of video) await muxer.add(0, chunk, chunk.timestamp);
  await muxer.finalize();
}

test.each(["webm", "matroska"] as const)(
  "A finished %s says where its Cues are",
  async (container) => {
    const path = join(temporaryFolder(), "finished");
    const target = await FileTarget.open(path);
    await mux(container, target);
    await target.close();
    const bytes = await readFile(path);
    const seekHead = bytes.indexOf(seekHeadId);
    expect(seekHead).toBeGreaterThan(0);
    // The third entry's position, from the segment's body on, which the SeekHead begins.
    const entry = bytes.subarray(seekHead + 5 + 2 * 21, seekHead + 5 + 3 * 21);
    const cues = seekHead + Number(entry.readBigUInt64BE(13));
    expect(bytes.subarray(cues, cues + 4)).toEqual(cuesId);
    expect(await headerDuration(path)).toBeCloseTo(4, 1);
    const args = ["-v", "error", "-ss", "3", "-i", path, "-f", "framemd5", "-"];
    const { stdout } = await run("ffmpeg", args);
    expect(stdout.split("\n").filter((line) => line.startsWith("0,"))).toHaveLength(30);
  },
);

test("One Blob of a whole WebM says where its Cues are and how long it is", async () => {
  const data = new RecordedData(systemClock, undefined, () => {});
  await mux("webm", data);
  const path = join(temporaryFolder(), "blob.webm");
  await writeFile(path, Buffer.concat(data.take().parts));
  expect((await readFile(path)).includes(seekHeadId)).toBe(true);
  expect(await headerDuration(path)).toBeCloseTo(4, 1);
});
