import { spawn } from "node:child_process";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { fileBackend } from "../../src/backends/file/file-backend.ts";
import type { DeviceError } from "../../src/contract/device-error.ts";
import type { DeviceSession } from "../../src/contract/session.ts";
import { CaptureSession } from "../../src/capture-process/program/capture-session.ts";
import { CaptureCodecService } from "../../src/capture-process/program/codec-service.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { isRunning } from "../support/is-running.ts";
import { makeMediaFile } from "../support/media-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";

const VIDEO = {
  kind: "video",
  mode: { width: 320, height: 240, frameRate: 30, pixelFormat: "H264" },
} as const;

const VP8 = {
  kind: "video",
  codec: "vp8",
  width: 320,
  height: 240,
  bitrate: 500_000,
  framerate: 30,
  keyFrameIntervalUs: 2_000_000,
} as const;

/** A device that plays a file, with its process. */
async function openFile(path: string): Promise<CaptureSession> {
  const session = await CaptureSession.open(VIDEO, {
    inputOf: () => ({
      type: "file",
      path,
      media: "video",
      loop: true,
      pacing: "real-time",
    }),
  });
  onTestFinished(() => session.close());
  return session;
}

/** Starts a session; gives its first frame's moment and its end. */
function run(session: DeviceSession) {
  let frames = 0;
  const ended = new Promise<DeviceError>((resolve) => {
    session.start({
      frame: (frame) => {
        frames += 1;
        frame.close();
      },
      muted: () => undefined,
      ended: resolve,
    });
  });
  session.wantFrames(true);
  return { ended, frameCount: () => frames };
}

function pidOf(session: CaptureSession): number {
  if (session.pid === undefined) throw new Error("The session has no process.");
  return session.pid;
}

afterEach(() => expect(openFrameCount()).toBe(0));

describe("a capture process", () => {
  it.each(["SIGKILL", "SIGSEGV", "SIGABRT"] as const)(
    "that ends by %s ends its device with a DeviceError, and the next open works",
    async (signal) => {
      const path = makeMediaFile(temporaryFolder(), { tracks: "video" });
      const session = await openFile(path);
      const { ended, frameCount } = run(session);
      await until(() => frameCount() > 0);
      process.kill(pidOf(session), signal);
      const reason = await ended;
      expect(reason).toMatchObject({ name: "DeviceError", code: "failed" });
      expect(reason.message).toContain(signal);
      const again = await openFile(path);
      const running = run(again);
      await until(() => running.frameCount() > 0);
    },
  );

  it("that hangs is killed, and its device ends with a DeviceError", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    const { ended, frameCount } = run(session);
    await until(() => frameCount() > 0);
    process.kill(pidOf(session), "SIGSTOP");
    expect((await ended).message).toMatch(/hangs/);
    await until(() => !isRunning(pidOf(session)));
  });

  it("that hangs is killed on close too", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    process.kill(pidOf(session), "SIGSTOP");
    await session.close();
    expect(isRunning(pidOf(session))).toBe(false);
  });

  it("goes on through Ctrl-C, so that the program can finish what it records", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    const { frameCount } = run(session);
    await until(() => frameCount() > 0);
    process.kill(pidOf(session), "SIGINT");
    process.kill(pidOf(session), "SIGTERM");
    const before = frameCount();
    await until(() => frameCount() > before + 10);
    expect(isRunning(pidOf(session))).toBe(true);
  });

  it("ends with a program that is killed", async () => {
    const path = makeMediaFile(temporaryFolder(), { tracks: "video" });
    const program = spawn(process.execPath, ["test/devices/capture-program.mjs", path, "hold"]);
    onTestFinished(() => void program.kill("SIGKILL"));
    const [text] = (await once(program.stdout, "data")) as [Buffer];
    const pid = Number.parseInt(text.toString(), 10);
    expect(isRunning(pid)).toBe(true);
    program.kill("SIGKILL");
    await until(() => !isRunning(pid));
  });

  it("doesn't keep a program alive that has closed its device", async () => {
    const path = makeMediaFile(temporaryFolder(), { tracks: "video" });
    const program = spawn(process.execPath, ["test/devices/capture-program.mjs", path, "close"]);
    expect(await once(program, "exit")).toEqual([0, null]);
  });

  it("takes the wait for devices that don't open off the program's files and timers", async () => {
    const path = join(temporaryFolder(), "silent");
    execFileSync("mkfifo", [path]);
    const openings = Array.from({ length: 8 }, () =>
      openFile(path).catch((error: unknown) => error),
    );
    let reads = 0;
    let isOver = false;
    const read = async (): Promise<void> => {
      await readFile("package.json");
      reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (!isOver) await read();
    };
    const reading = read();
    const errors = await Promise.all(openings);
    isOver = true;
    await reading;
    for (const error of errors) {
      expect(error).toMatchObject({ name: "DeviceError", message: /didn't open within/ });
    }
    expect(reads).toBeGreaterThan(100);
  });
});

describe("an encoder beside the capture", () => {
  it("encodes without a raw frame in the program, and black while disabled", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    const chunks: { bytes: number; key: boolean; time: number; codec: string | undefined }[] = [];
    const encoder = await session.openEncoder(VP8, {
      chunk: ({ data, type, timestamp, decoderConfig }) =>
        chunks.push({
          bytes: data.length,
          key: type === "key",
          time: timestamp,
          codec: decoderConfig?.codec,
        }),
      error: (reason) => {
        throw reason;
      },
    });
    session.start({ frame: () => undefined, muted: () => undefined, ended: () => undefined });
    await until(() => chunks.length >= 30);
    expect(chunks[0]).toMatchObject({ key: true, codec: "vp8" });
    expect(chunks.filter(({ key }) => key).length).toBe(1);
    const deltas = chunks.slice(1).map(({ time }, index) => time - (chunks[index]?.time ?? 0));
    for (const delta of deltas) expect(Math.abs(delta - 33_333)).toBeLessThan(2);

    encoder.setEnabled(false);
    await encoder.flush();
    const before = chunks.length;
    await until(() => chunks.length >= before + 20);
    for (const { bytes } of chunks.slice(before + 10, before + 20)) expect(bytes).toBeLessThan(100);

    encoder.setPaused(true);
    await encoder.flush();
    const paused = chunks.length;
    encoder.setPaused(false);
    await until(() => chunks.length > paused);
    expect(chunks[paused]?.key).toBe(true);
    await encoder.close();
  });

  it("fails with the process, once", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    const errors: DeviceError[] = [];
    await session.openEncoder(VP8, {
      chunk: () => undefined,
      error: (reason) => errors.push(reason),
    });
    const { ended } = run(session);
    process.kill(pidOf(session), "SIGKILL");
    await ended;
    expect(errors).toMatchObject([{ name: "DeviceError" }]);
  });

  it("is refused where there is none for the codec", async () => {
    const session = await openFile(makeMediaFile(temporaryFolder(), { tracks: "video" }));
    const events = { chunk: () => undefined, error: () => undefined };
    const opening = session.openEncoder({ ...VP8, codec: "vp10" }, events);
    await expect(opening).rejects.toMatchObject({ name: "DeviceError" });
  });
});

describe("CaptureCodecService", () => {
  it("encodes what it is handed, every frame of it, and owns the frames", async () => {
    const service = new CaptureCodecService();
    onTestFinished(() => service.close());
    const backend = fileBackend({
      files: [makeMediaFile(temporaryFolder())],
      pacing: "asFastAsPossible",
    });
    onTestFinished(() => backend.close?.());
    const [camera] = await backend.listDevices();
    if (camera?.kind !== "videoinput" || camera.modes[0] === undefined)
      throw new Error("no camera");
    const mode = camera.modes[0];
    const session = await backend.open(camera.hardwareId, { kind: "video", mode });
    const times: number[] = [];
    const encoder = await service.openEncoder(VP8, {
      chunk: ({ timestamp }) => times.push(timestamp),
      error: (reason) => {
        throw reason;
      },
    });
    const given: number[] = [];
    await new Promise<void>((resolve) => {
      session.start({
        frame: (frame) => {
          if (given.length === 100) {
            frame.close();
            resolve();
            return;
          }
          given.push(frame.timestamp);
          encoder.encode(frame);
        },
        muted: () => undefined,
        ended: () => undefined,
      });
      session.wantFrames(true);
    });
    await session.close();
    await encoder.flush();
    expect(times).toEqual(given);
    expect(encoder.encodeQueueSize).toBe(0);
    await encoder.close();
  });
});

describe("a file that is read as fast as possible", () => {
  it("can be reconfigured and closed before anybody takes its frames", async () => {
    const files = [makeMediaFile(temporaryFolder(), { name: "sound.wav", tracks: "audio" })];
    const backend = fileBackend({ files, pacing: "asFastAsPossible" });
    onTestFinished(() => backend.close?.());
    const [device] = await backend.listDevices();
    if (device?.kind !== "audioinput") throw new Error("The file is no microphone.");
    const [mode] = device.modes;
    if (mode === undefined) throw new Error("The microphone has no mode.");
    const session = await backend.open(device.hardwareId, { kind: "audio", mode });
    session.start({ frame: (frame) => frame.close(), muted() {}, ended() {} });
    await expect(
      session.reconfigure({ kind: "audio", mode, latency: 0.02 }),
    ).resolves.toBeUndefined();
    await session.close();
  });

  it("gives every frame of it before it ends", async () => {
    const files = [makeMediaFile(temporaryFolder(), { size: "1280x720", tracks: "video" })];
    const backend = fileBackend({ files, loop: false, pacing: "asFastAsPossible" });
    onTestFinished(() => backend.close?.());
    const [camera] = await backend.listDevices();
    if (camera?.kind !== "videoinput" || camera.modes[0] === undefined)
      throw new Error("no camera");
    const [mode] = camera.modes;
    for (let round = 0; round < 5; round++) {
      const session = await backend.open(camera.hardwareId, { kind: "video", mode });
      const { ended, frameCount } = run(session);
      await ended;
      expect(frameCount()).toBe(60);
      await session.close();
    }
  });
});
