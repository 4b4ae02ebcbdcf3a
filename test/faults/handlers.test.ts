import { once } from "node:events";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { DeviceError } from "../../src/contract/device-error.ts";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { MediaRecorder } from "../../src/web/recorder/media-recorder.ts";
import { CAMERA, MICROPHONE, ScriptedBackend } from "../support/scripted-backend.ts";
import { until } from "../support/until.ts";
import { program } from "../unit/permission/fixture.ts";
import { worldOf } from "./file-world.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

describe("stop() in a handler", () => {
  test.each(["start", "dataavailable", "pause", "resume", "stop"] as const)(
    "of a recorder's %s event ends tracks and recording, and leaves nothing open",
    async (type) => {
      const capture = worldOf(new SyntheticBackend({ clock: systemClock }));
      const stream = await capture.mediaDevices.getUserMedia({
        audio: true,
        video: { width: 96, height: 96 },
      });
      const recorder = new MediaRecorder(stream);
      const stopped = once(recorder, "stop");
      recorder.addEventListener(type, () => {
        for (const track of stream.getTracks()) track.stop();
        if (recorder.state !== "inactive") recorder.stop();
      });
      const started = once(recorder, "start");
      recorder.start(100);
      await started;
      if (type !== "start" && recorder.state !== "inactive") {
        recorder.pause();
        recorder.resume();
        if (type === "stop") recorder.stop();
      }
      await stopped;
      expect(recorder.state).toBe("inactive");
      expect(stream.getTracks().every(({ readyState }) => readyState === "ended")).toBe(true);
    },
  );

  test.each(["mute", "unmute", "ended"] as const)(
    "of a track's %s event ends the track once, and closes the device",
    async (type) => {
      const backend = new ScriptedBackend();
      const capture = worldOf(backend);
      const stream = await capture.mediaDevices.getUserMedia({ video: true });
      const [track] = stream.getVideoTracks();
      if (track === undefined) throw new Error("no track");
      const clone = track.clone();
      let ends = 0;
      track.addEventListener("ended", () => (ends += 1));
      track.addEventListener(type, () => {
        track.stop();
        clone.stop();
      });
      const fired = once(track, type);
      const { session } = backend;
      if (type === "ended") session.end(new DeviceError("not-found", "unplugged"));
      else {
        session.mute(true);
        if (type === "unmute") {
          await once(track, "mute");
          session.mute(false);
        }
      }
      await fired;
      expect([track.readyState, clone.readyState]).toEqual(["ended", "ended"]);
      await until(() => backend.openSessions.length === 0);
      expect(ends).toBe(type === "ended" ? 1 : 0);
    },
  );

  test("of devicechange ends what captures, and the next call gets what is there", async () => {
    const backend = new ScriptedBackend();
    const { mediaDevices } = worldOf(backend);
    const stream = await mediaDevices.getUserMedia({ video: true });
    const changed = new Promise<void>((resolve) => {
      mediaDevices.addEventListener("devicechange", () => {
        for (const track of stream.getTracks()) track.stop();
        resolve();
      });
    });
    backend.setDevices([CAMERA]);
    await changed;
    await until(() => backend.openSessions.length === 0);
    const again = await mediaDevices.getUserMedia({ video: true });
    expect(again.getVideoTracks()[0]?.readyState).toBe("live");
    for (const track of again.getTracks()) track.stop();
  });
});

describe("While a device is being opened", () => {
  /** A scripted device whose opening waits until `open()` is called. */
  function slowlyOpening() {
    const backend = new ScriptedBackend();
    let open: () => void = () => undefined;
    backend.opening = new Promise((resolve) => (open = resolve));
    const calls = vi.spyOn(backend, "open");
    const isOpening = (): Promise<void> => until(() => calls.mock.calls.length > 0);
    return { backend, isOpening, open: () => open() };
  }

  test("unplugging it rejects the call, and nothing stays open", async () => {
    const { backend, isOpening, open } = slowlyOpening();
    const { mediaDevices } = worldOf(backend);
    const asked = mediaDevices.getUserMedia({ video: true });
    await isOpening();
    backend.failure = new DeviceError("not-found", "The camera was unplugged");
    backend.setDevices([MICROPHONE]);
    open();
    await expect(asked).rejects.toMatchObject({
      name: expect.stringMatching(/NotFound|NotReadable/),
    });
    expect(backend.openSessions).toHaveLength(0);
    await expect(mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
      name: "NotFoundError",
    });
  });

  test("revoking the permission rejects the call", async () => {
    const { backend, isOpening, open } = slowlyOpening();
    const { broker } = program(undefined, { environment: {} });
    const permission = broker();
    permission.setPermissionRequestHandler(() => "granted");
    const capture = createMediaCapture({ backends: [backend], permission });
    onTestFinished(() => capture.close());
    const asked = capture.mediaDevices.getUserMedia({ video: true });
    await isOpening();
    await permission.revoke("camera");
    open();
    await expect(asked).rejects.toMatchObject({ name: "NotAllowedError" });
    await until(() => backend.openSessions.length === 0);
  });
});
