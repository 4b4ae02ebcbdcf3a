import { afterEach, describe, expect, it } from "vitest";

import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { Device, Track } from "../../../../src/engine/contract.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { DeviceSourcePool } from "../../../../src/engine/source/source-pool.ts";
import type { AudioEncoderConfig } from "../../../../src/media/encoding.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { CAMERA, MICROPHONE, mode, ScriptedBackend } from "../../../support/scripted-backend.ts";

afterEach(expectNoOpenFrames);

const camera: Device = { backendName: "scripted", description: CAMERA, key: "scripted:camera" };
const microphone: Device = { ...camera, description: MICROPHONE, key: "scripted:microphone" };
const screen: Device = {
  ...camera,
  description: {
    kind: "display",
    displaySurface: "monitor",
    hardwareId: "camera",
    hardwareGroupId: "screen",
    label: "Scripted screen",
    isDefault: true,
    modes: [mode(640, 480, 30)],
  },
};
const VGA = { width: 640, height: 480, frameRate: 30, resizeMode: "none" };
const HD = { width: 1280, height: 720, frameRate: 30, resizeMode: "none" };
/** The specification's limit, ms. */
const LIMIT = 3_000;

function setUp() {
  const backend = new ScriptedBackend();
  const clock = new ManualClock();
  const pool = new DeviceSourcePool([backend], { clock, codecs: undefined });
  return { backend, clock, pool };
}

/** Counts what a track shows. */
function count(track: Track) {
  const seen = { frames: 0 };
  track.connect({
    frame: (frame) => {
      seen.frames += 1;
      frame.close();
    },
  });
  return seen;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a device whose tracks are all disabled", () => {
  it("is let go within three seconds, but not at once, and had again when one is enabled", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const clone = track.clone();
    track.enabled = false;
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(1);
    clone.enabled = false;
    await clock.advance(1_000);
    expect(backend.openSessions).toHaveLength(1);
    await clock.advance(LIMIT - 1_000);
    expect(backend.openSessions).toHaveLength(0);
    expect([track.readyState, track.muted]).toEqual(["live", false]);
    clone.enabled = true;
    await settled();
    expect(backend.openSessions).toHaveLength(1);
    expect(backend.session.configuration.mode).toMatchObject({ width: 640, height: 480 });
    await pool.close();
    expect([backend.openSessions.length, clock.pending]).toEqual([0, 0]);
  });

  it("stays open when one is enabled again in time, or a new track comes", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    track.enabled = false;
    await clock.advance(1_000);
    track.enabled = true;
    await clock.advance(LIMIT);
    track.enabled = false;
    const other = await pool.openTrack(camera, VGA);
    await clock.advance(LIMIT);
    expect(backend.sessions).toHaveLength(1);
    other.stop();
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(0);
    await pool.close();
  });

  it("shows black meanwhile, at its rate, and then what the device gives", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const seen = count(track);
    track.enabled = false;
    await clock.advance(LIMIT);
    const before = seen.frames;
    await clock.advance(1_000);
    expect(seen.frames - before).toBeGreaterThanOrEqual(29);
    track.enabled = true;
    await settled();
    expect(backend.session.wanted).toBe(true);
    const { frames } = seen;
    backend.session.deliver(clock.nowUs());
    await clock.advance(500);
    expect(seen.frames).toBe(frames + 1);
    await pool.close();
  });

  it("gives silence meanwhile, also to who comes only then", async () => {
    const { clock, pool } = setUp();
    const track = await pool.openTrack(microphone, {});
    track.enabled = false;
    await clock.advance(LIMIT);
    const seen = count(track);
    await clock.advance(1_000);
    expect(seen.frames).toBeGreaterThanOrEqual(49);
    await pool.close();
  });

  it("ends its tracks, and says why, when it can't be had again", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const reasons: (DeviceError | undefined)[] = [];
    track.on("ended", (reason) => reasons.push(reason));
    track.enabled = false;
    await clock.advance(LIMIT);
    backend.failure = new DeviceError("busy", "Another program has it.");
    track.enabled = true;
    await settled();
    expect(track.readyState).toBe("ended");
    expect(reasons).toMatchObject([
      { code: "busy", message: expect.stringMatching(/disabled.*Another program has it/) },
    ]);
    expect(clock.pending).toBe(0);
    backend.failure = undefined;
    expect((await pool.openTrack(camera, VGA)).readyState).toBe("live");
    await pool.close();
  });

  it("takes other settings without being opened, and runs in them afterwards", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    track.enabled = false;
    await clock.advance(LIMIT);
    await track.applySettings(HD);
    expect(track.settings).toMatchObject({ width: 1280, height: 720 });
    expect(backend.openSessions).toHaveLength(0);
    track.enabled = true;
    await settled();
    expect(backend.session.configuration.mode).toMatchObject({ width: 1280, height: 720 });
    await pool.close();
  });

  it("is opened for a new track, and gives its old one what it gave before", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    const seen = count(track);
    track.enabled = false;
    await clock.advance(LIMIT);
    await pool.openTrack(camera, VGA);
    expect([backend.openSessions.length, backend.session.wanted]).toEqual([1, true]);
    const { frames } = seen;
    backend.session.deliver(clock.nowUs());
    expect(seen.frames).toBe(frames + 1);
    await pool.close();
  });

  it("is forgotten with its last track", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(camera, VGA);
    count(track);
    track.enabled = false;
    await clock.advance(LIMIT);
    track.stop();
    await settled();
    expect(clock.pending).toBe(0);
    track.enabled = true;
    await settled();
    expect(backend.openSessions).toHaveLength(0);
    await pool.close();
  });

  it("stays open while it is recorded by an encoder beside its capture", async () => {
    const { backend, clock, pool } = setUp();
    backend.opensEncoders = true;
    const track = await pool.openTrack(microphone, {});
    const config: AudioEncoderConfig = {
      kind: "audio",
      codec: "opus",
      sampleRate: 48_000,
      numberOfChannels: 1,
      bitrate: 64_000,
    };
    const events = { chunk: () => undefined, error: () => undefined };
    const encoder = await track.openEncoder(config, events);
    track.enabled = false;
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(1);
    await encoder.close();
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(0);
    await pool.close();
  });

  it("stays open while the device itself mutes it, or where it is a screen", async () => {
    const { backend, clock, pool } = setUp();
    const track = await pool.openTrack(microphone, {});
    backend.session.mute(true);
    track.enabled = false;
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(1);
    backend.session.mute(false);
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(0);
    const display = await pool.openTrack(screen, VGA);
    display.enabled = false;
    await clock.advance(LIMIT);
    expect(backend.openSessions).toHaveLength(1);
    await pool.close();
  });
});
