import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import { createX11Backend } from "../../src/backends/x11/x11-backend.ts";
import { DeviceSourcePool } from "../../src/engine/source/source-pool.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { VirtualDevices } from "../../src/testing/index.ts";
import { createRealm } from "../../src/web/create-realm.ts";
import { createTrack } from "../../src/web/track/create-track.ts";
import { MediaStream } from "../../src/web/stream/media-stream.ts";
import { worldOf } from "../faults/file-world.ts";
import { decodeBrightness, decodeSound } from "../support/decode.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { recordToFile } from "../support/record-to-file.ts";
import { missingCommands } from "../support/sound-server.ts";
import { usualFrequency } from "../support/tone.ts";
import { XServer } from "../support/x-server.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

const SIZE = { width: 320, height: 240 };
/** Brighter than this is a picture, quieter than this is silence. */
const BLACK = 24;
const SILENT = 0.02;

interface Extent {
  readonly fromS: number;
  readonly toS: number;
}

/** Where the longest run of what is muted begins and ends. */
function longestRun(steps: readonly { readonly isMuted: boolean; readonly timeS: number }[]) {
  let longest: Extent = { fromS: 0, toS: 0 };
  let fromS: number | undefined;
  for (const { isMuted, timeS } of steps) {
    fromS = isMuted ? (fromS ?? timeS) : undefined;
    if (fromS !== undefined && timeS - fromS > longest.toS - longest.fromS) {
      longest = { fromS, toS: timeS };
    }
  }
  return longest;
}

async function blackPart(file: string): Promise<Extent & { readonly count: number }> {
  const pictures = await decodeBrightness(file, SIZE);
  const isBlack = (brightness: number): boolean => brightness < BLACK;
  const run = longestRun(
    pictures.map(({ brightness, timeS }) => ({ isMuted: isBlack(brightness), timeS })),
  );
  const count = pictures.filter(({ brightness }) => isBlack(brightness)).length;
  return { ...run, count };
}

async function silentPart(file: string): Promise<Extent> {
  const samples = await decodeSound(file);
  const block = 480;
  const steps = Array.from({ length: Math.floor(samples.length / block) }, (_, index) => {
    const heard = samples.subarray(index * block, (index + 1) * block);
    return { isMuted: heard.every((sample) => Math.abs(sample) < SILENT), timeS: index / 100 };
  });
  return longestRun(steps);
}

/** The longest time from one packet's begin to the next one's, in s. */
async function longestStep(file: string, kind: "a" | "v"): Promise<number> {
  const packets = await packetsOf(file, kind);
  const steps = packets.slice(1).map(({ ptsS }, index) => ptsS - (packets[index]?.ptsS ?? 0));
  return Math.max(...steps);
}

/** Of the pictures, at least: a busy machine leaves some out. */
const KEPT = 0.3;

/** How far a moment may be off: a picture, and what is on its way from a device. */
const TOLERANCE_S = 0.25;

/** A moment of a recording, in s, lies between these. */
interface Moment {
  readonly leastS: number;
  readonly mostS: number;
}

function expectAt(timeS: number, { leastS, mostS }: Moment): void {
  expect(timeS).toBeGreaterThan(leastS - TOLERANCE_S);
  expect(timeS).toBeLessThan(mostS + TOLERANCE_S);
}

/** What a test does to the devices. Both resolve when it has come into effect. */
interface Change {
  mute(): Promise<unknown>;
  unmute(): Promise<unknown>;
}

/**
 * Records, and mutes meanwhile; says when that was. All that a recording must be whatever happens
 * in it is looked at already. Its zero lies between the call of `start()` and its event.
 */
async function recordMuted(
  stream: MediaStream,
  { mute, unmute }: Change,
  { beforeMs = 1_000, mutedMs = 2_000 } = {},
) {
  const calledMs = performance.now();
  let startedMs = calledMs;
  const during = async (work: () => Promise<unknown>): Promise<Moment> => {
    const leastS = (performance.now() - startedMs) / 1000;
    await work();
    return { leastS, mostS: (performance.now() - calledMs) / 1000 };
  };
  const moments: Moment[] = [];
  let stopping: Promise<Moment> | undefined;
  const { file } = await recordToFile(stream, {}, async (recorder) => {
    startedMs = performance.now();
    await pause(beforeMs);
    moments.push(await during(mute));
    await pause(mutedMs);
    moments.push(await during(unmute));
    await pause(1_000);
    stopping = during(() => once(recorder, "stop"));
  });
  const { durationS, streams } = await probe(file);
  if (stopping !== undefined) expectAt(durationS, await stopping);
  const hasSound = streams.some(({ codec_type }) => codec_type === "audio");
  if (hasSound) expect(await longestStep(file, "a")).toBeLessThan(0.025);
  const [from, to] = moments;
  if (from === undefined || to === undefined) throw new Error("Nothing was recorded.");
  return { file, from, to };
}

/** Resolves when all tracks have fired the event that `act` has them fire. */
async function firing(name: "mute" | "unmute", stream: MediaStream, act: () => void) {
  const fired = Promise.all(stream.getTracks().map((track) => once(track, name)));
  act();
  await fired;
}

/** It is already. */
const mute = (): Promise<void> => Promise.resolve();

/** A camera and a microphone of a test's own. */
async function virtualStream() {
  const devices = new VirtualDevices();
  onTestFinished(() => devices.capture.close());
  const inputs = [
    devices.addCamera({ modes: [{ ...SIZE, frameRate: 20 }] }),
    devices.addMicrophone(),
  ];
  const stream = await devices.mediaDevices.getUserMedia({ video: true, audio: true });
  const change: Change = {
    mute: () => firing("mute", stream, () => inputs.forEach((input) => input.mute())),
    unmute: () => firing("unmute", stream, () => inputs.forEach((input) => input.unmute())),
  };
  return { change, stream };
}

describe("A recording of devices that are muted", () => {
  test("has black and silence for as long as that lasts", async () => {
    const { change, stream } = await virtualStream();
    const { file, from, to } = await recordMuted(stream, change);
    const black = await blackPart(file);
    for (const { fromS, toS } of [black, await silentPart(file)]) {
      expectAt(fromS, from);
      expectAt(toS, to);
    }
    expect(black.count).toBeGreaterThan((black.toS - black.fromS) * 20 * KEPT);
  });

  test("begins with black and silence when they are muted from the start", async () => {
    const { change, stream } = await virtualStream();
    await change.mute();
    const { file, to } = await recordMuted(stream, { ...change, mute }, { beforeMs: 0 });
    for (const { fromS, toS } of [await blackPart(file), await silentPart(file)]) {
      expect(fromS).toBeLessThan(TOLERANCE_S);
      expectAt(toS, to);
    }
  });
});

describe("A recording of a real PulseAudio microphone", () => {
  const missing = PulseServer.missing() ?? missingCommands("ffmpeg", "ffprobe");

  test.skipIf(missing !== undefined).each(["suspend-source", "set-source-mute"] as const)(
    "has silence after %s, and its 440 Hz before and after",
    async (command) => {
      const server = await new PulseServer().start();
      onTestFinished(() => server.close());
      const { mediaDevices } = worldOf(createPulseBackend({ env: server.env }));
      const stream = await mediaDevices.getUserMedia({ audio: true });
      const { file, from, to } = await recordMuted(stream, {
        mute: () => firing("mute", stream, () => server.pactl(command, "mic", "1")),
        unmute: () => firing("unmute", stream, () => server.pactl(command, "mic", "0")),
      });
      for (const track of stream.getTracks()) track.stop();
      const { fromS, toS } = await silentPart(file);
      expectAt(fromS, from);
      expectAt(toS, to);
      const sound = await decodeSound(file);
      for (const timeS of [fromS - 0.6, toS + 0.3]) {
        const heard = sound.subarray(timeS * 48_000, (timeS + 0.3) * 48_000);
        expect(Math.abs(usualFrequency(heard, 48_000) - 440)).toBeLessThan(4);
      }
    },
  );
});

describe("A recording that is encoded beside the capture", () => {
  /** A white screen, without a codec service: nothing but the capture process can encode it. */
  async function whiteScreen() {
    const server = await XServer.start(`${SIZE.width}x${SIZE.height}`);
    execFileSync("xsetroot", ["-solid", "white"], { env: server.env });
    const backend = createX11Backend({ env: server.env });
    const pool = new DeviceSourcePool([backend], { clock: systemClock, codecs: undefined });
    onTestFinished(async () => {
      await pool.close();
      await backend.close?.();
      await server.stop();
    });
    const [description] = await backend.listDevices();
    if (description === undefined) throw new Error("There is no screen.");
    const device = { backendName: backend.name, description, key: "x11:screen" };
    const track = await pool.openTrack(device, { ...SIZE, frameRate: 15 });
    const stream = new MediaStream([createTrack(createRealm(), track)]);
    const change: Change = {
      mute: () => firing("mute", stream, () => server.signal("SIGSTOP")),
      unmute: () => firing("unmute", stream, () => server.signal("SIGCONT")),
    };
    return { change, stream };
  }

  test("shows black while its device gives nothing, and the device again", async () => {
    const { change, stream } = await whiteScreen();
    const { file, from, to } = await recordMuted(stream, change);
    const { count, fromS, toS } = await blackPart(file);
    // It is noticed after a second.
    expect(fromS).toBeGreaterThan(from.leastS + 0.9);
    expectAt(fromS, from);
    expectAt(toS, to);
    expect(count).toBeGreaterThan((toS - fromS) * 15 * KEPT);
    const pictures = await decodeBrightness(file, SIZE);
    expect(pictures.at(-1)?.brightness).toBeGreaterThan(200);
  });

  test("begins with black when its device has stalled before", async () => {
    const { change, stream } = await whiteScreen();
    await change.mute();
    const { file, to } = await recordMuted(stream, { ...change, mute }, { beforeMs: 0 });
    const { fromS, toS } = await blackPart(file);
    expect(fromS).toBeLessThan(TOLERANCE_S);
    expectAt(toS, to);
  });

  test("shows black while its track is disabled", async () => {
    const { stream } = await whiteScreen();
    const setEnabled = async (isEnabled: boolean): Promise<void> => {
      for (const track of stream.getTracks()) track.enabled = isEnabled;
    };
    const { file, from, to } = await recordMuted(stream, {
      mute: () => setEnabled(false),
      unmute: () => setEnabled(true),
    });
    const { count, fromS, toS } = await blackPart(file);
    expectAt(fromS, from);
    expectAt(toS, to);
    expect(count).toBeGreaterThan((toS - fromS) * 15 * KEPT);
  });
});
