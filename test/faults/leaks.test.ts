import { afterEach, expect, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { systemClock } from "../../src/engine/index.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import { fileWorld, worldOf } from "./file-world.ts";
import { ownResources, settledResources } from "./own-resources.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

const synthetic = () => worldOf(new SyntheticBackend({ clock: systemClock }));

test(
  "opening and closing again and again leaves no descriptor, handle, process or memory",
  { timeout: TIMEOUT_MS },
  async () => {
    const { mediaDevices } = synthetic();
    const cycle = async (): Promise<void> => {
      const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
      for (const track of stream.getTracks()) track.stop();
    };
    for (let count = 0; count < 20; count++) await cycle();
    const before = ownResources();
    const beforeMb = process.memoryUsage.rss() / 2 ** 20;
    for (let count = 0; count < times(1000, 100); count++) await cycle();
    expect(await settledResources(before)).toEqual(before);
    // Garbage that nobody has collected yet, but not a thousand pictures.
    expect(process.memoryUsage.rss() / 2 ** 20 - beforeMb).toBeLessThan(100);
  },
);

test(
  "opening and closing devices with capture processes leaves none of them, nor their pipes",
  { timeout: TIMEOUT_MS },
  async () => {
    const { mediaDevices } = fileWorld(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    await mediaDevices.enumerateDevices();
    const before = { ...ownResources(), children: 0 };
    for (let count = 0; count < times(1000, 5); count++) {
      const stream = await mediaDevices.getUserMedia({ video: true });
      for (const track of stream.getTracks()) track.stop();
    }
    const after = await settledResources(before);
    expect(after.children).toBe(0);
    expect(after.fds).toBeLessThanOrEqual(before.fds);
  },
);

test("a hundred calls at the same time give a hundred streams of one open device", async () => {
  const { mediaDevices } = synthetic();
  const before = ownResources();
  const streams = await Promise.all(
    Array.from({ length: 100 }, () => mediaDevices.getUserMedia({ audio: true, video: true })),
  );
  const tracks = streams.flatMap((stream) => stream.getTracks());
  expect(tracks).toHaveLength(200);
  expect(new Set(tracks.map(({ id }) => id)).size).toBe(200);
  expect(tracks.every(({ readyState }) => readyState === "live")).toBe(true);
  for (const track of tracks) track.stop();
  expect((await settledResources(before)).handles).toBeLessThanOrEqual(before.handles);
});
