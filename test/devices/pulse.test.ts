import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Backend, DeviceDescription } from "../../src/contract/device.ts";
import type { DeviceSession } from "../../src/contract/session.ts";
import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import { firstChannel } from "../support/first-channel.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { dominantFrequency, largestStep, loudness } from "../support/tone.ts";
import { PipeWireServer } from "../support/pipewire-server.ts";
import { PulseServer } from "../support/pulse-server.ts";

const audio = (sampleRate = 48_000, channelCount = 2) =>
  ({
    kind: "audio",
    mode: { sampleRate, channelCount, sampleSize: 16, latency: { min: 0.005, max: 2 } },
    latency: 0.01,
  }) as const;

/** The server's tone, at full scale. */
const TONE = Float32Array.from({ length: 48_000 }, (_, n) =>
  Math.sin((2 * Math.PI * 440 * n) / 48_000),
);

/** A tap on a session, to be waited for. */
function tap(session: DeviceSession) {
  const log: string[] = [];
  const frames: { timestamp: number; samples: Float32Array }[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((check) => check());
  session.wantFrames(true);
  session.start({
    frame(frame) {
      frames.push({ timestamp: frame.timestamp, samples: firstChannel(frame) });
      wake();
    },
    muted(muted) {
      log.push(muted ? "muted" : "unmuted");
      wake();
    },
    ended(reason) {
      log.push(`ended: ${reason.code}`);
      wake();
    },
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const samples = (): Float32Array => Float32Array.from(frames.flatMap((f) => [...f.samples]));
  return { log, frames, until, samples };
}

const microphones = async (backend: Backend): Promise<readonly DeviceDescription[]> =>
  (await backend.listDevices()).filter(({ kind }) => kind === "audioinput");

const names = async (backend: Backend): Promise<string[]> =>
  (await microphones(backend)).map(({ hardwareId }) => hardwareId);

describe.each([
  ["PulseAudio", PulseServer],
  ["PipeWire", PipeWireServer],
])("With a real %s", (_name, Server) => {
  let server: PulseServer | PipeWireServer;
  const reason = Server.missing();

  beforeAll(async () => {
    if (reason === undefined) server = await new Server().start();
  });
  afterAll(async () => {
    await server?.close();
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterEach(() => {
    if (openFrameCount() !== 0) throw new Error("A frame was left open.");
  });

  test("microphones are listed with label, default and modes, and what outputs play apart", async () => {
    const backend = createPulseBackend({ env: server.env });
    expect(await microphones(backend)).toMatchObject([
      { kind: "audioinput", hardwareId: "mic", label: "Test Microphone", isDefault: true },
    ]);
    expect(await backend.listDevices()).toContainEqual(
      expect.objectContaining({ kind: "systemaudio", hardwareId: "room.monitor" }),
    );
    const withMonitors = createPulseBackend({ env: server.env, monitors: true });
    expect(await names(withMonitors)).toContain("room.monitor");
  });

  test("plugging in, unplugging and a new default are noticed", async () => {
    const backend = createPulseBackend({ env: server.env });
    let wake: () => void = () => undefined;
    const stop = backend.watchDevices?.(() => wake());
    const seen: string[] = [];
    /** Lists again at every notice until the list is as said, the default marked by a star. */
    const untilListed = async (expected: string): Promise<void> => {
      for (;;) {
        const news = new Promise<void>((resolve) => (wake = resolve));
        const devices = await microphones(backend);
        const list = devices.map(
          ({ hardwareId, isDefault }) => hardwareId + (isDefault ? "*" : ""),
        );
        seen.push(list.toSorted().join(" "));
        if (seen.at(-1) === expected) return;
        await news;
      }
    };
    const unplug = server.addMicrophone("second", "Second");
    await untilListed("mic* second");
    server.pactl("set-default-source", "second");
    await untilListed("mic second*");
    server.pactl("set-default-source", "mic");
    await untilListed("mic* second");
    unplug();
    await untilListed("mic*");
    stop?.();
    expect(seen.at(-1)).toBe("mic*");
  });

  test("a tone is captured as it sounds: its pitch, loudness and time, without a gap", async () => {
    const backend = createPulseBackend({ env: server.env });
    const session = await backend.open("mic", audio());
    const { frames, until, samples } = tap(session);
    await until(() => frames.length >= 200);
    await session.close();
    // PipeWire changes its period as a stream joins, and skips once when it does.
    const heard = samples().subarray(4800);
    expect(Math.abs(dominantFrequency(heard, 48_000) - 440)).toBeLessThan(2);
    // Without real-time priority PipeWire's own player may starve on a busy machine.
    const limit = server instanceof PipeWireServer ? 2 : 1.1 * largestStep(TONE);
    expect(largestStep(heard)).toBeLessThan(limit);
    let expected = frames[0]?.timestamp ?? 0;
    for (const { timestamp, samples: block } of frames) {
      expect(Math.abs(timestamp - expected)).toBeLessThanOrEqual(600);
      expected = timestamp + (block.length * 1e6) / 48_000;
    }
    const nowUs = Number(process.hrtime.bigint() / 1000n);
    expect(expected).toBeLessThan(nowUs);
  });

  test("another rate and one channel are captured on request, as loud as the original", async () => {
    const session = await createPulseBackend({ env: server.env }).open("mic", audio(16_000, 1));
    const { frames, until, samples } = tap(session);
    await until(() => frames.length >= 100);
    await session.close();
    // As above: PipeWire skips once when a stream joins.
    const heard = samples().subarray(1600);
    expect(Math.abs(dominantFrequency(heard, 16_000) - 440)).toBeLessThan(2);
    const stereo = await createPulseBackend({ env: server.env }).open("mic", audio(16_000, 2));
    const second = tap(stereo);
    await second.until(() => second.frames.length >= 100);
    await stereo.close();
    expect(loudness(heard) / loudness(second.samples())).toBeCloseTo(1, 1);
  });

  test("the rate changes while it runs, and time goes on", async () => {
    const session = await createPulseBackend({ env: server.env }).open("mic", audio());
    const { frames, until } = tap(session);
    await until(() => frames.length >= 10);
    await session.reconfigure(audio(44_100, 2));
    expect(session.configuration).toMatchObject({ mode: { sampleRate: 44_100 } });
    const before = frames.length;
    await until(() => frames.length >= before + 20);
    await session.close();
    const timestamps = frames.map(({ timestamp }) => timestamp);
    expect(timestamps).toEqual(timestamps.toSorted((a, b) => a - b));
  });

  test("unplugging the microphone ends the session; it doesn't become another one", async () => {
    const unplug = server.addMicrophone("loose", "Loose");
    const session = await createPulseBackend({ env: server.env }).open("loose", audio());
    const { log, frames, until } = tap(session);
    await until(() => frames.length > 0);
    unplug();
    await until(() => log.length > 0);
    expect(log).toEqual(["ended: not-found"]);
    await session.close();
  });

  test("a microphone that isn't there can't be opened", async () => {
    const opening = createPulseBackend({ env: server.env }).open("nowhere", audio());
    await expect(opening).rejects.toMatchObject({ code: "not-found" });
  });

  test("a program that has listed, captured and closed ends by itself", async () => {
    const program = `
      import { createPulseBackend } from "./dist/backends/pulse/index.js";
      const backend = createPulseBackend();
      const [device] = await backend.listDevices();
      const session = await backend.open("mic", { kind: "audio", mode: device.modes[0] });
      const stop = backend.watchDevices(() => {});
      await new Promise((resolve) => {
        session.wantFrames(true);
        session.start({ frame: resolve, muted() {}, ended: resolve });
      });
      await session.close();
      stop();
      process.stdout.write("done");`;
    const options = { env: { ...server.env, NODE_OPTIONS: "" } };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], options);
    expect(stdout).toBe("done");
  });

  test("a hundred openings at once share one connection, and closing leaves nothing", async () => {
    const backend = createPulseBackend({ env: server.env });
    const clients = (): number =>
      server
        .pactl("list", "short", "clients")
        .split("\n")
        .filter((line) => line.includes("node")).length;
    const sessions = await Promise.all(
      // PulseAudio allows 32 streams on one source.
      Array.from({ length: 24 }, () => backend.open("mic", audio())),
    );
    await Promise.all(Array.from({ length: 76 }, () => backend.listDevices()));
    await Promise.all(sessions.map((session) => session.close()));
    expect(clients()).toBe(0);
    expect(server.pactl("list", "short", "source-outputs")).not.toContain("protocol-native");
  });
});

describe("When PulseAudio itself", () => {
  const reason = PulseServer.missing();
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });

  test("suspends the microphone, the session is muted and goes on after", async () => {
    const server = await new PulseServer().start();
    const session = await createPulseBackend({ env: server.env }).open("mic", audio());
    const { log, frames, until } = tap(session);
    await until(() => frames.length > 5);
    server.pactl("suspend-source", "mic", "1");
    await until(() => log.includes("muted"));
    server.pactl("suspend-source", "mic", "0");
    await until(() => log.includes("unmuted"));
    const before = frames.length;
    await until(() => frames.length > before + 5);
    expect(log).toEqual(["muted", "unmuted"]);
    await session.close();
    await server.close();
  });

  test("stalls, the session is muted until sound comes again", async () => {
    const server = await new PulseServer().start();
    const session = await createPulseBackend({ env: server.env }).open("mic", audio());
    const { log, frames, until } = tap(session);
    await until(() => frames.length > 5);
    server.signal("SIGSTOP");
    await until(() => log.includes("muted"));
    server.signal("SIGCONT");
    await until(() => log.includes("unmuted"));
    expect(log).toEqual(["muted", "unmuted"]);
    await session.close();
    await server.close();
  });

  test("dies and starts again, sessions end, watchers hear of both, and all works again", async () => {
    const server = await new PulseServer().start();
    const backend = createPulseBackend({ env: server.env, retryDelayMs: 50 });
    let changed: () => void = () => undefined;
    const nextChange = (): Promise<void> => new Promise((resolve) => (changed = resolve));
    const stop = backend.watchDevices?.(() => changed());
    const session = await backend.open("mic", audio());
    const { log, frames, until } = tap(session);
    await until(() => frames.length > 0);

    const gone = nextChange();
    await server.kill();
    await until(() => log.length > 0);
    expect(log).toEqual(["ended: failed"]);
    await gone;
    await expect(backend.listDevices()).resolves.toEqual([]);
    await expect(backend.open("mic", audio())).rejects.toMatchObject({ code: "not-found" });

    const back = nextChange();
    await server.start();
    await back;
    await expect(names(backend)).resolves.toEqual(["mic"]);
    const second = await backend.open("mic", audio());
    const again = tap(second);
    await again.until(() => again.frames.length > 0);
    await second.close();
    stop?.();
    await server.close();
  });
});
