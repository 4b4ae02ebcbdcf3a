import { afterEach, expect, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { times, TIMEOUT_MS } from "./extent.ts";
import { fileWorld, worldOf } from "./file-world.ts";
import { ownMemory, ownResources, settledResources, type Resources } from "./own-resources.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

const synthetic = () => worldOf(new SyntheticBackend({ clock: systemClock }));

function expectNoMore(after: Resources, before: Resources): void {
  expect(after.fds).toBeLessThanOrEqual(before.fds);
  expect(after.children).toBeLessThanOrEqual(before.children);
  expect(after.handles).toBeLessThanOrEqual(before.handles);
  expect(after.threads).toBeLessThanOrEqual(before.threads);
}

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
    const memory = await ownMemory();
    const before = ownResources();
    const cycles = times(1000, 100);
    for (let count = 0; count < cycles; count++) await cycle();
    const after = await settledResources(before);
    const memoryAfter = await ownMemory();
    console.log(`${cycles} cycles`, { before, after, memory, memoryAfter });
    expectNoMore(after, before);
    expect(memoryAfter.heap - memory.heap).toBeLessThanOrEqual(4);
    expect(memoryAfter.rss - memory.rss).toBeLessThan(40);
  },
);

test(
  "opening and closing devices with capture processes leaves none of them, nor their pipes",
  { timeout: TIMEOUT_MS },
  async () => {
    const { mediaDevices } = fileWorld(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    await mediaDevices.enumerateDevices();
    const memory = await ownMemory();
    const before = { ...ownResources(), children: 0 };
    const cycles = times(1000, 5);
    for (let count = 0; count < cycles; count++) {
      const stream = await mediaDevices.getUserMedia({ video: true });
      for (const track of stream.getTracks()) track.stop();
    }
    const after = await settledResources(before);
    const memoryAfter = await ownMemory();
    console.log(`${cycles} cycles with processes`, { before, after, memory, memoryAfter });
    expectNoMore(after, before);
    expect(memoryAfter.heap - memory.heap).toBeLessThanOrEqual(4);
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
  const after = await settledResources(before);
  console.log("100 calls", { before, after });
  expectNoMore(after, before);
});
