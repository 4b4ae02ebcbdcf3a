import { afterEach, expect, it, onTestFinished } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { createX11Backend } from "../../src/backends/x11/x11-backend.ts";
import { loadNative } from "../../src/capture-process/child/native.ts";
import { newPicture } from "../../src/capture-process/child/new-frame.ts";
import { pictureOfFrame } from "../../src/capture-process/child/picture.ts";
import { VideoEncoder } from "../../src/capture-process/child/video-encoder.ts";
import type { Backend } from "../../src/contract/device.ts";
import type { Track } from "../../src/engine/contract.ts";
import { BackendCatalogue } from "../../src/engine/catalogue/device-catalogue.ts";
import { DeviceSourcePool } from "../../src/engine/source/source-pool.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { frames } from "../../src/readers/readers.ts";
import { createRealm } from "../../src/web/create-realm.ts";
import { createTrack } from "../../src/web/track/create-track.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { expectNoOpenFrames } from "../support/open-frames.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";
import { XServer } from "../support/x-server.ts";

const INTERVAL_US = 1e6 / 30;

afterEach(expectNoOpenFrames);

/** A track on the first device, and the timestamps of what a sink gets. */
async function open(backend: Backend) {
  const options = { clock: systemClock, codecs: undefined };
  const pool = new DeviceSourcePool([backend], options);
  onTestFinished(async () => {
    await pool.close();
    await backend.close?.();
  });
  const [device] = await new BackendCatalogue([backend], systemClock).list();
  if (device === undefined) throw new Error("no device");
  const track = await pool.openTrack(device, { frameRate: 30 });
  const seen: number[] = [];
  let lost = 0;
  track.connect({
    frame: (frame) => {
      seen.push(frame.timestamp);
      frame.close();
    },
    lost: (count) => {
      lost += count;
    },
  });
  const more = (count: number) => {
    const from = seen.length;
    return until(() => seen.length >= from + count);
  };
  return { lost: () => lost, more, seen, track };
}

/** Pictures that were due from the first that came to the last. */
const dueIn = (seen: readonly number[]): number =>
  ((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / INTERVAL_US + 1;

const countsOf = ({ counts: { delivered, discarded, dropped } }: Track) => ({
  delivered,
  discarded,
  dropped,
});

it("counts what the driver lost: a screen that didn't answer for a while", async () => {
  const server = await XServer.start();
  onTestFinished(() => server.stop());
  const { lost, more, seen, track } = await open(createX11Backend({ env: server.env }));
  await more(10);
  server.signal("SIGSTOP");
  const stoppedUs = systemClock.nowUs();
  await until(() => systemClock.nowUs() - stoppedUs > 500_000);
  server.signal("SIGCONT");
  await more(10);
  track.stop();
  expect(lost()).toBeGreaterThanOrEqual(10);
  expect(countsOf(track)).toEqual({ delivered: seen.length, discarded: 0, dropped: lost() });
  expect(Math.abs(seen.length + lost() - dueIn(seen))).toBeLessThan(1.5);
});

it("counts what the pipe lost: a program that stood still for a while", async () => {
  const path = makeMediaFile(temporaryFolder(), { tracks: "video", size: "640x480" });
  const { lost, more, seen, track } = await open(fileBackend({ files: [path] }));
  await more(10);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  await more(10);
  track.stop();
  expect(lost()).toBeGreaterThanOrEqual(10);
  expect(countsOf(track)).toEqual({ delivered: seen.length, discarded: 0, dropped: lost() });
  expect(seen.length + lost()).toBe(Math.round(dueIn(seen)));
});

it("counts what an encoder's queue lost, and what is beyond its frame rate", async () => {
  const native = await loadNative();
  let chunks = 0;
  const leftOut = { discarded: 0, lost: 0 };
  const encoder = await VideoEncoder.open(
    native,
    {
      kind: "video",
      codec: "vp8",
      width: 320,
      height: 240,
      bitrate: 500_000,
      framerate: 30,
      keyFrameIntervalUs: 1e6,
    },
    {
      chunk: () => (chunks += 1),
      leftOut: ({ discarded, lost }) => {
        leftOut.discarded += discarded;
        leftOut.lost += lost;
      },
      error: (error) => {
        throw error;
      },
    },
  );
  const frame = newPicture(native, 320, 240, native.constants.AV_PIX_FMT_YUV420P);
  // All at once: the encoder has no turn before the last is there. Every second one is too many.
  for (let index = 0; index < 60; index++) {
    encoder.take(pictureOfFrame(frame), (index * INTERVAL_US) / 2);
  }
  await encoder.flush();
  encoder.lost(3);
  await encoder.close();
  frame.free();
  expect(leftOut.lost).toBeGreaterThan(10 + 3);
  expect(leftOut.discarded).toBeGreaterThanOrEqual(29);
  // The last picture may be one beyond the rate, which the next would have told of.
  expect(60 + 3 - chunks - leftOut.lost - leftOut.discarded).toBeLessThanOrEqual(1);
});

it("has a reader count what was lost anywhere before it, and what it was too slow for", async () => {
  const path = makeMediaFile(temporaryFolder(), { tracks: "video", size: "640x480" });
  const { track } = await open(fileBackend({ files: [path] }));
  const reader = frames(createTrack(createRealm(), track), { format: "rgba" });
  const read: number[] = [];
  for await (const { timestamp } of reader) {
    read.push(timestamp);
    // 200 ms of work for each picture.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    if (read.length === 8) break;
  }
  track.stop();
  const dueByNow = (systemClock.nowUs() - (read[0] ?? 0)) / INTERVAL_US + 1;
  expect(reader.dropped).toBeGreaterThan(read.length);
  // Those that came after the last that was read count too.
  expect(read.length + reader.dropped).toBeGreaterThanOrEqual(Math.round(dueIn(read)));
  expect(read.length + reader.dropped).toBeLessThanOrEqual(dueByNow);
});
