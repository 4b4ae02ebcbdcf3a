import { afterEach, describe, expect, it } from "vitest";

import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { Device, Track } from "../../../../src/engine/contract.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { DeviceSourcePool } from "../../../../src/engine/source/source-pool.ts";
import type { AudioData } from "../../../../src/media/audio-data.ts";
import { pictureOf, VideoFrame } from "../../../../src/media/video-frame.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { CAMERA, MICROPHONE, mode, ScriptedBackend } from "../../../support/scripted-backend.ts";

afterEach(expectNoOpenFrames);

const camera: Device = { backendName: "scripted", description: CAMERA, key: "scripted:camera" };
const microphone: Device = { ...camera, description: MICROPHONE, key: "scripted:microphone" };

const VGA = { width: 640, height: 480, frameRate: 30, resizeMode: "none" };
const HD = { width: 1280, height: 720, frameRate: 30, resizeMode: "none" };
const THUMB = { width: 160, height: 90, frameRate: 15, resizeMode: "crop-and-scale" };

function setUp() {
  const backend = new ScriptedBackend();
  const clock = new ManualClock();
  const pool = new DeviceSourcePool([backend], { clock, codecs: undefined });
  return { backend, clock, pool };
}

/** What a track shows, as plain values; frames are closed at once. */
function record(track: Track) {
  const frames: {
    readonly timestamp: number;
    readonly width?: number;
    readonly height?: number;
  }[] = [];
  const log = { frames, ended: 0 };
  track.connect({
    frame: (frame: VideoFrame | AudioData) => {
      const size =
        frame instanceof VideoFrame
          ? { width: frame.displayWidth, height: frame.displayHeight }
          : {};
      frames.push({ timestamp: frame.timestamp, ...size });
      frame.close();
    },
    ended: () => {
      log.ended += 1;
    },
  });
  return log;
}

describe("a device's source", () => {
  it("is opened once for tracks that are asked for at the same time", async () => {
    const { backend, pool } = setUp();
    const tracks = await Promise.all([1, 2, 3].map(() => pool.openTrack(camera, VGA)));
    expect(backend.sessions.length).toBe(1);
    for (const track of tracks) track.stop();
    await pool.close();
    expect(backend.openSessions.length).toBe(0);
  });

  it("closes with its last track, and opens again for the next", async () => {
    const { backend, pool } = setUp();
    const first = await pool.openTrack(camera, VGA);
    const second = first.clone();
    first.stop();
    await pool.openTrack(microphone, {});
    expect(backend.sessions[0]?.isClosed).toBe(false);
    second.stop();
    await expect.poll(() => backend.sessions[0]?.isClosed).toBe(true);
    const third = await pool.openTrack(camera, VGA);
    expect(third.readyState).toBe("live");
    await pool.close();
    expect(third.readyState).toBe("ended");
  });

  it("lets an open that fails fail, and the next one try anew", async () => {
    const { backend, pool } = setUp();
    backend.failure = new DeviceError("busy", "Another program has it.");
    await expect(pool.openTrack(camera, VGA)).rejects.toMatchObject({ code: "busy" });
    backend.failure = undefined;
    const track = await pool.openTrack(camera, VGA);
    track.stop();
    await pool.close();
  });

  it("wants frames only while some track has a sink", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    expect(backend.session.wanted).toBe(false);
    const disconnect = track.connect({ frame: (frame) => frame.close() });
    expect(backend.session.wanted).toBe(true);
    disconnect();
    expect(backend.session.wanted).toBe(false);
    await pool.close();
  });

  it("is reconfigured when a new track needs more, and the old one is scaled", async () => {
    const { backend, pool } = setUp();
    const small = await pool.openTrack(camera, VGA);
    const seen = record(small);
    const large = await pool.openTrack(camera, HD);
    expect(backend.sessions.length).toBe(1);
    expect(backend.session.configuration.mode).toEqual(mode(1280, 720, 30));
    const seenLarge = record(large);
    backend.session.deliver(1);
    expect(seen.frames).toEqual([{ timestamp: 1, width: 640, height: 480 }]);
    expect(seenLarge.frames).toEqual([{ timestamp: 1, width: 1280, height: 720 }]);
    expect(small.settings).toMatchObject({ width: 640, height: 480 });
    await pool.close();
  });

  it("keeps its mode while that serves a new track too", async () => {
    const { backend, pool } = setUp();
    await pool.openTrack(camera, HD);
    await pool.openTrack(camera, THUMB);
    expect(backend.session.reconfigurations).toBe(0);
    await pool.close();
  });

  it("tells a track whose settings another one changed", async () => {
    const { pool } = setUp();
    const fast = await pool.openTrack(camera, { ...HD, frameRate: 60 });
    const changes: unknown[] = [];
    fast.on("settings", () => changes.push(fast.settings.frameRate));
    await pool.openTrack(camera, { width: 1920, height: 1080, frameRate: 5 });
    expect(fast.settings.frameRate).toBe(5);
    expect(changes).toEqual([5]);
    await pool.close();
  });

  it("keeps the old settings when it can't be reconfigured", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    backend.session.failure = new DeviceError("failed", "It refuses.");
    await expect(track.applySettings(HD)).rejects.toMatchObject({ code: "failed" });
    expect(track.settings).toMatchObject({ width: 640, height: 480 });
    await pool.close();
  });

  it("ends its tracks with the reason when the device goes away", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const clone = track.clone();
    const seen = record(track);
    const reasons: (string | undefined)[] = [];
    for (const one of [track, clone]) one.on("ended", (reason) => reasons.push(reason?.code));
    backend.session.end();
    expect(reasons).toEqual(["not-found", "not-found"]);
    expect(seen.ended).toBe(1);
    expect(track.clone().readyState).toBe("ended");
    const next = await pool.openTrack(camera, VGA);
    expect(next.readyState).toBe("live");
    await pool.close();
  });

  it("follows a window that changes its size, unless a track scales", async () => {
    const { backend, pool } = setUp();
    const plain = await pool.openTrack(camera, HD);
    const scaled = await pool.openTrack(camera, THUMB);
    const seen = [record(plain), record(scaled)];
    const size = { width: 1000, height: 600 };
    backend.session.deliver(1);
    backend.session.deliver(70_000, size);
    expect(seen[0]?.frames[1]).toEqual({ timestamp: 70_000, ...size });
    expect(seen[1]?.frames[1]).toEqual({ timestamp: 70_000, width: 160, height: 90 });
    expect(plain.settings).toMatchObject(size);
    await pool.close();
  });

  it("counts as muted when frames stay away, and shows black meanwhile", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const log: string[] = [];
    track.on("mute", () => log.push("mute"));
    track.on("unmute", () => log.push("unmute"));
    const seen = record(track);
    backend.session.deliver(clock.nowUs());
    await clock.advance(900);
    expect(log).toEqual([]);
    await clock.advance(1100);
    expect([log, track.muted]).toEqual([["mute"], true]);
    expect(seen.frames.length).toBeGreaterThan(25);
    backend.session.deliver(clock.nowUs());
    expect(log).toEqual(["mute", "unmute"]);
    const { length } = seen.frames;
    await clock.advance(500);
    expect(seen.frames.length).toBe(length);
    await pool.close();
    expect(clock.pending).toBe(0);
  });

  it("is muted when the device says so", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(microphone, {});
    const seen = record(track);
    backend.session.mute(true);
    expect(track.muted).toBe(true);
    await clock.advance(100);
    expect(
      seen.frames.map(({ timestamp }) => timestamp - (seen.frames[0]?.timestamp ?? 0)),
    ).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000]);
    backend.session.mute(false);
    expect(track.muted).toBe(false);
    await pool.close();
  });
});

describe("a track", () => {
  it("shares its frames by reference where it needn't convert them", async () => {
    const { backend, pool } = setUp();
    const first = await pool.openTrack(camera, VGA);
    const tracks = [first, ...Array.from({ length: 63 }, () => first.clone())];
    const buffers = new Set<Uint8Array>();
    let count = 0;
    for (const track of tracks) {
      track.connect({
        frame: (frame) => {
          count += 1;
          if (frame instanceof VideoFrame) buffers.add(pictureOf(frame).data);
          frame.close();
        },
      });
    }
    backend.session.deliver(1);
    expect([count, buffers.size]).toEqual([64, 1]);
    await pool.close();
  });

  it("drops frames by their timestamps for a lower rate", async () => {
    const { backend, pool } = setUp();
    const slow = await pool.openTrack(camera, { ...VGA, frameRate: 10 });
    const seen = record(slow);
    for (let index = 0; index < 30; index++) {
      const jitter = ((index * 7919) % 9) * 1000 - 4000;
      backend.session.deliver(Math.round((index * 1e6) / 30) + 10_000 + jitter);
    }
    expect(seen.frames.length).toBe(10);
    expect(slow.counts.dropped).toBe(0);
    await pool.close();
  });

  it("shows black while disabled, in its own size and with the source's times", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, THUMB);
    track.enabled = false;
    const seen = record(track);
    backend.session.deliver(5);
    expect(seen.frames).toEqual([{ timestamp: 5, width: 160, height: 90 }]);
    await pool.close();
  });

  it("brings sound to the rate and channels that were asked for", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(microphone, { sampleRate: 16_000, channelCount: 1 });
    let samples = 0;
    track.connect({
      frame: (data) => {
        expect(data).toMatchObject({ sampleRate: 16_000, numberOfChannels: 1 });
        samples += "numberOfFrames" in data ? data.numberOfFrames : 0;
        data.close();
      },
    });
    for (let index = 0; index < 100; index++) backend.session.deliver(index * 10_000);
    expect(samples).toBeGreaterThan(15_900);
    expect(samples).toBeLessThanOrEqual(16_000);
    await pool.close();
  });

  it("delivers nothing after stop, and fires nothing for it", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const other = track.clone();
    const seen = record(track);
    let ended = 0;
    track.on("ended", () => (ended += 1));
    record(other);
    track.stop();
    track.stop();
    backend.session.deliver(1);
    expect([seen.frames.length, seen.ended, ended]).toEqual([0, 1, 0]);
    await pool.close();
  });

  it("gives a frame to no sink that another one disconnected while it was delivered", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    let late = 0;
    track.connect({
      frame: (frame) => {
        frame.close();
        track.stop();
      },
    });
    track.connect({
      frame: (frame) => {
        late += 1;
        frame.close();
      },
    });
    backend.session.deliver(1);
    expect(late).toBe(0);
    await pool.close();
  });

  it("leaves no sink out when another one throws", async () => {
    const { backend, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
    track.connect({
      frame: (frame) => {
        frame.close();
        throw new Error("the sink's own failure");
      },
    });
    const seen = record(track);
    backend.session.deliver(1);
    expect(seen.frames.length).toBe(1);
    expect(await thrown).toMatchObject({ message: "the sink's own failure" });
    await pool.close();
  });

  it("encodes beside the capture and lets go of the device when all has come out", async () => {
    const { backend, pool } = setUp();
    backend.opensEncoders = true;
    const track = await pool.openTrack(camera, VGA);
    const config = {
      kind: "audio",
      codec: "opus",
      sampleRate: 48_000,
      numberOfChannels: 1,
    } as const;
    const events = { chunk: () => undefined, error: () => undefined };
    const session = await track.openEncoder({ ...config, bitrate: 64_000 }, events);
    const [encoder] = backend.session.encoders;
    if (encoder === undefined) throw new Error("No encoder was opened.");
    let finish = (): void => undefined;
    encoder.flushing = new Promise((resolve) => {
      finish = () => resolve();
    });
    expect(backend.session.wanted).toBe(false);
    track.enabled = false;
    track.stop();
    const flushed = session.flush();
    await Promise.resolve();
    expect(backend.session.isClosed).toBe(false);
    finish();
    await flushed;
    await session.close();
    await expect.poll(() => backend.session.isClosed).toBe(true);
    expect(encoder.calls).toEqual([
      "setEnabled true",
      "setEnabled false",
      "setPaused true",
      "flush",
      "close",
    ]);
    await pool.close();
  });

  it("says what to install where nothing can encode", async () => {
    const { pool } = setUp();
    const track = await pool.openTrack(microphone, {});
    const config = {
      kind: "audio",
      codec: "opus",
      sampleRate: 48_000,
      numberOfChannels: 1,
    } as const;
    await expect(
      track.openEncoder(
        { ...config, bitrate: 64_000 },
        { chunk: () => undefined, error: () => undefined },
      ),
    ).rejects.toMatchObject({ code: "missing-dependency" });
    await pool.close();
  });
});
