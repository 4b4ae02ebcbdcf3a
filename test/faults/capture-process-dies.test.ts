import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openFrameCount } from "../../src/media/open-frames.ts";
import type { TrackEndedEvent } from "../../src/web/track/end-track.ts";
import type { ErrorEvent } from "../../src/web/recorder/error-event.ts";
import { RecordingFile } from "../../src/readers/recording-file.ts";
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

    const [pid, ...others] = capturePids();
    if (pid === undefined || others.length > 0) throw new Error("not one capture process");
    process.kill(pid, signal);
    const [{ error }] = (await ended) as [TrackEndedEvent];
    expect(error).toMatchObject({
      name: "AbortError",
      message: expect.stringMatching(/capture process.*(SIGSEGV|SIGKILL|hangs)/),
    });
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
  await until(() => capturePids().length === 0);
  const cameras = (await mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === "videoinput",
  );
  const open = async (index: number) => {
    const deviceId = { exact: cameras[index]?.deviceId ?? "" };
    const [track] = (await mediaDevices.getUserMedia({ video: { deviceId } })).getVideoTracks();
    if (track === undefined) throw new Error("no track");
    return track;
  };
  const doomed = await open(0);
  const [pid] = capturePids();
  const healthy = await open(1);
  const ended = once(doomed, "ended");
  process.kill(pid ?? 0, "SIGKILL");
  await ended;
  expect(healthy.readyState).toBe("live");
  healthy.stop();
});

test("a file's picture and sound share a process, the one that looked at it: stopping one leaves the other, a crash ends both", async () => {
  const path = makeMediaFile(temporaryFolder());
  const { mediaDevices } = fileWorld(path);
  const stream = await mediaDevices.getUserMedia({ video: true, audio: true });
  const [pid, ...others] = capturePids();
  expect(others).toEqual([]);
  const [sound] = stream.getAudioTracks();
  const [picture] = stream.getVideoTracks();
  if (sound === undefined || picture === undefined || pid === undefined)
    throw new Error("no track");
  sound.stop();
  const [again] = (await mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
  if (again === undefined) throw new Error("no track");
  expect(capturePids()).toEqual([pid]);
  expect(picture.readyState).toBe("live");

  const ended = Promise.all([once(picture, "ended"), once(again, "ended")]);
  process.kill(pid, "SIGKILL");
  await ended;
  await until(() => !isRunning(pid));
  const next = await mediaDevices.getUserMedia({ video: true, audio: true });
  expect(next.getTracks().map(({ readyState }) => readyState)).toEqual(["live", "live"]);
  for (const track of next.getTracks()) track.stop();
});
