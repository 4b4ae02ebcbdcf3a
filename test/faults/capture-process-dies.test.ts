import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openFrameCount } from "../../src/media/open-frames.ts";
import type { ErrorEvent } from "../../src/web/error-event.ts";
import { RecordingFile } from "../../src/web/recording-file.ts";
import { isRunning } from "../support/is-running.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";
import { fileWorld } from "./file-world.ts";
import { capturePids } from "./own-resources.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

test.each([
  ["crashes", "SIGSEGV"],
  ["is killed", "SIGKILL"],
  ["hangs", "SIGSTOP"],
] as const)(
  "a camera whose process %s ends its track, finishes the recording, and opens again",
  async (_what, signal) => {
    const folder = temporaryFolder();
    const { mediaDevices } = fileWorld(makeMediaFile(folder, { tracks: "video" }));
    await mediaDevices.enumerateDevices();
    const helpers = new Set(capturePids());
    const stream = await mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new Error("no track");
    const path = join(folder, "out.webm");
    const file = await RecordingFile.open(path);
    const recorder = file.record(stream);
    const errors: unknown[] = [];
    recorder.addEventListener("error", (event) => errors.push((event as ErrorEvent).error));
    const ended = once(track, "ended");
    await until(() => file.bytes > 100_000);

    const [pid] = capturePids().filter((each) => !helpers.has(each));
    if (pid === undefined) throw new Error("no capture process");
    process.kill(pid, signal);
    await ended;
    await file.finished.catch(() => undefined);
    expect(track.readyState).toBe("ended");
    expect(recorder.state).toBe("inactive");
    expect(errors).toHaveLength(1);
    expect((await probe(path)).durationS).toBeGreaterThan(0.2);
    await until(() => !isRunning(pid));

    const again = await mediaDevices.getUserMedia({ video: true });
    expect(again.getVideoTracks()[0]?.readyState).toBe("live");
    again.getVideoTracks()[0]?.stop();
  },
);

test("one camera's crash leaves another one running", async () => {
  const folder = temporaryFolder();
  const files = ["a.mp4", "b.mp4"].map((name) => makeMediaFile(folder, { name, tracks: "video" }));
  const { mediaDevices } = fileWorld(...files);
  // Ids are told once a device was used.
  const first = await mediaDevices.getUserMedia({ video: true });
  for (const track of first.getTracks()) track.stop();
  await until(() => capturePids().length <= 1);
  const cameras = (await mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === "videoinput",
  );
  const helpers = new Set(capturePids());
  const open = async (index: number) => {
    const deviceId = { exact: cameras[index]?.deviceId ?? "" };
    const [track] = (await mediaDevices.getUserMedia({ video: { deviceId } })).getVideoTracks();
    if (track === undefined) throw new Error("no track");
    return track;
  };
  const doomed = await open(0);
  const [pid] = capturePids().filter((each) => !helpers.has(each));
  const healthy = await open(1);
  const ended = once(doomed, "ended");
  process.kill(pid ?? 0, "SIGKILL");
  await ended;
  expect(healthy.readyState).toBe("live");
  healthy.stop();
});
