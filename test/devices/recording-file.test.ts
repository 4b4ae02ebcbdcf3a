import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { RecordingFile } from "../../src/readers/recording-file.ts";
import { probe } from "../support/probe.ts";
import { headerDuration } from "../support/header-duration.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-file-"));
let world: SyntheticWorld;

beforeEach(() => {
  world = new SyntheticWorld();
});
afterEach(() => world.close());
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["out.webm", "out.mkv", "out.mp4", "out.wav"])("%s says how long it is", async (name) => {
  const stream = await world.stream({ width: 320, height: 240 });
  if (name.endsWith(".wav")) for (const track of stream.getVideoTracks()) stream.removeTrack(track);
  const path = join(folder, name);
  const file = await RecordingFile.open(path);
  const recorder = file.record(stream);
  await once(recorder, "start");
  await pause(2_000);
  recorder.stop();
  await file.finished;
  expect(file.bytes).toBe(statSync(path).size);
  const { durationS } = await probe(path);
  expect(durationS).toBeGreaterThan(1.5);
  expect(Math.abs((await headerDuration(path)) - durationS)).toBeLessThan(0.05);
});

test("A path that can't be written is refused before anything starts", async () => {
  await expect(RecordingFile.open(join(folder, "no", "such", "folder.webm"))).rejects.toThrow(
    "Can't record into",
  );
});

test("A file takes one recording", async () => {
  const stream = await world.stream({ width: 96, height: 96 });
  const file = await RecordingFile.open(join(folder, "once.webm"));
  const recorder = file.record(stream);
  expect(() => file.record(stream)).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
  recorder.stop();
  await file.finished;
});

test("A disk that is full ends the recording with an error", async (context) => {
  if (!existsSync("/dev/full")) context.skip("no /dev/full on this system");
  const stream = await world.stream({ width: 320, height: 240 });
  const file = await RecordingFile.open("/dev/full");
  const recorder = file.record(stream, { mimeType: "video/webm" });
  await expect(file.finished).rejects.toThrow("ENOSPC");
  expect(recorder.state).toBe("inactive");
});

describe("A program that is killed while it records", () => {
  test.each(["killed.webm", "killed.mp4"])("leaves %s playable", async (name) => {
    const path = join(folder, name);
    const program = new URL("../support/record-until-killed.ts", import.meta.url);
    const child = fork(program, [path], { execArgv: ["--import", "tsx"] });
    const exit = once(child, "exit");
    await once(child, "message");
    await pause(5_000);
    child.kill("SIGKILL");
    await exit;
    const { durationS, streams } = await probe(path);
    expect(streams).toHaveLength(2);
    expect(durationS).toBeGreaterThan(1.5);
  });
});
