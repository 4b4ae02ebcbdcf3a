import { fork } from "node:child_process";
import { on, once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { RecordingFile } from "../../src/readers/recording-file.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";
import { fileWorld, worldOf } from "./file-world.ts";
import { capturePids } from "./own-resources.ts";

afterEach(() => {
  vi.useRealTimers();
  expect(openFrameCount()).toBe(0);
});

test("a program that is stopped and continued leaves a file with both tracks, in order", async () => {
  const path = join(temporaryFolder(), "suspended.webm");
  const program = new URL("./record-with-clock.mjs", import.meta.url);
  const child = fork(program, [path, "3000"], { execArgv: [] });
  const exit = once(child, "exit");
  for await (const [{ type }] of on(child, "message") as AsyncIterable<[{ type: string }]>) {
    if (type === "written") break;
  }
  child.kill("SIGSTOP");
  await delay(2_000);
  child.kill("SIGCONT");
  expect(await exit).toEqual([0, null]);
  const { streams, durationS } = await probe(path);
  expect(streams).toHaveLength(2);
  expect(durationS).toBeGreaterThan(1);
  const times = (await packetsOf(path, "v")).map(({ ptsS }) => ptsS);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
});

test("a wall clock that jumps a day ahead and back moves nothing in a recording", async () => {
  const { mediaDevices } = worldOf(new SyntheticBackend({ clock: systemClock }));
  const stream = await mediaDevices.getUserMedia({ video: { width: 96, height: 96 } });
  const path = join(temporaryFolder(), "clock.webm");
  const file = await RecordingFile.open(path);
  const startMs = performance.now();
  const recorder = file.record(stream);
  await once(recorder, "start");
  vi.useFakeTimers({ toFake: ["Date"] });
  await delay(500);
  vi.setSystemTime(Date.now() + 86_400_000);
  await delay(500);
  vi.setSystemTime(Date.now() - 2 * 86_400_000);
  await delay(500);
  recorder.stop();
  await file.finished;
  const lengthS = (performance.now() - startMs) / 1000;
  const { durationS } = await probe(path);
  expect(durationS).toBeLessThan(lengthS + 0.2);
  expect(durationS).toBeGreaterThan(1);
  for (const track of stream.getTracks()) track.stop();
});

test("eight open devices that give nothing stop neither timers nor files, and end", async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 8 }, (_, index) => `${index}.mp4`);
  const files = names.map((name) => makeMediaFile(folder, { name, tracks: "video" }));
  const { mediaDevices } = fileWorld(...files);
  const first = await mediaDevices.getUserMedia({ video: true });
  const cameras = await mediaDevices.enumerateDevices();
  const streams = [];
  for (const { deviceId, kind } of cameras) {
    if (kind !== "videoinput") continue;
    const video = { deviceId: { exact: deviceId } };
    streams.push(await mediaDevices.getUserMedia({ video }));
  }
  for (const track of first.getTracks()) track.stop();
  const tracks = streams.flatMap((stream) => stream.getTracks());
  expect(tracks).toHaveLength(8);
  const pids = capturePids();
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  let reads = 0;
  const ended = Promise.all(tracks.map((track) => once(track, "ended")));
  const isOver = ended.then(() => true);
  while (!(await Promise.race([isOver, delay(10, false)]))) {
    await readFile("package.json");
    reads += 1;
  }
  // They hang for several seconds before that is told; a hundred turns would fit into one.
  expect(reads).toBeGreaterThan(50);
  expect(tracks.every(({ readyState }) => readyState === "ended")).toBe(true);
  await until(() => capturePids().length === 0);
});
