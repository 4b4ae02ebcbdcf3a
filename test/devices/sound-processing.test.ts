import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";

import { fileBackend } from "../../src/backends/file/file-backend.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import type { MediaTrackConstraintSet } from "../../src/constraints/types.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { createPermissionBroker } from "../../src/permission/index.ts";
import { pcm } from "../../src/readers/readers.ts";
import type { MediaStreamTrack } from "../../src/web/track/media-stream-track.ts";
import { MediaStream } from "../../src/web/stream/media-stream.ts";
import { RecordingFile } from "../../src/readers/recording-file.ts";
import { decodeSound } from "../support/decode.ts";
import { missingCommands } from "../support/sound-server.ts";
import {
  blocksDb,
  floatsOf,
  levelDb,
  makeNoise,
  makeSpeech,
  partsOf,
  QUIET_S,
  SPEECH_RATE,
  writeSpeech,
} from "../support/speech.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const missing = missingCommands("espeak-ng", "ffmpeg");
const folder = mkdtempSync(join(tmpdir(), "usermedia-test-"));
let clean: Float32Array;
let parts: ReturnType<typeof partsOf>;

beforeAll(() => {
  if (missing !== undefined) return;
  clean = makeSpeech(folder);
  parts = partsOf(clean);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach((context) => {
  if (missing !== undefined) context.skip(missing);
});

/** A microphone that hears a file, as fast as it is taken, and ends with it. */
async function listenTo(
  file: string,
  constraints: MediaTrackConstraintSet,
): Promise<MediaStreamTrack> {
  const environment = { USERMEDIA_PERMISSIONS: "microphone=granted" };
  const store = temporaryFolder();
  const permission = createPermissionBroker({ environment, folder: store, runtimeFolder: store });
  const backend = fileBackend({ files: [file], loop: false, pacing: "asFastAsPossible" });
  const capture = createMediaCapture({ backends: [backend], permission });
  onTestFinished(() => capture.close());
  const stream = await capture.navigator.mediaDevices.getUserMedia({ audio: constraints });
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new Error("There is no track.");
  return track;
}

async function samplesOf(track: MediaStreamTrack): Promise<Float32Array> {
  const reader = pcm(track, { channels: 1, format: "f32", maxBufferSize: 10_000 });
  const chunks: Buffer[] = [];
  for await (const chunk of reader) chunks.push(chunk);
  expect(reader.dropped).toBe(0);
  return floatsOf(Buffer.concat(chunks));
}

/** How many dB less noise there is, and by how many the speech is louder than it was said. */
function compare(heard: Float32Array, before: Float32Array) {
  return {
    noiseDb: blocksDb(before, parts.pauses) - blocksDb(heard, parts.pauses),
    speechDb: blocksDb(heard, parts.speech) - blocksDb(clean, parts.speech),
  };
}

describe("Noise suppression", () => {
  test.each([
    ["white", 10],
    ["white", 5],
    ["low", 10],
  ] as const)(
    "takes 12 dB off %s noise %i dB below the speech, and the speech stays",
    async (kind, distance) => {
      const noise = makeNoise(clean.length, kind, blocksDb(clean, parts.speech) - distance);
      const mixed = clean.map((sample, index) => sample + (noise[index] ?? 0));
      const file = writeSpeech(folder, `${kind}-${distance}.wav`, mixed);
      const track = await listenTo(file, { noiseSuppression: { exact: true } });
      expect(track.getSettings()).toMatchObject({ noiseSuppression: true, autoGainControl: false });
      const { noiseDb, speechDb } = compare(await samplesOf(track), mixed);
      expect(noiseDb).toBeGreaterThanOrEqual(12);
      expect(Math.abs(speechDb)).toBeLessThanOrEqual(2);
      expect(openFrameCount()).toBe(0);
    },
  );

  test("is off unless asked for, and then nothing is changed", async () => {
    const file = writeSpeech(folder, "clean.wav", clean);
    const track = await listenTo(file, {});
    expect(track.getSettings()).toMatchObject({ noiseSuppression: false, autoGainControl: false });
    expect(track.getCapabilities()).toMatchObject({
      noiseSuppression: [false, true],
      autoGainControl: [false, true],
      echoCancellation: [false],
    });
    const heard = await samplesOf(track);
    const differences = heard.map((sample, index) => sample - (clean[index] ?? 0));
    expect(levelDb(differences)).toBeLessThan(-85);
  });

  test("is in what is recorded beside the capture too", async () => {
    const noise = makeNoise(clean.length, "white", blocksDb(clean, parts.speech) - 10);
    const mixed = clean.map((sample, index) => sample + (noise[index] ?? 0));
    const track = await listenTo(writeSpeech(folder, "beside.wav", mixed), {
      noiseSuppression: true,
    });
    const path = join(folder, "beside-recorded.wav");
    const recording = await RecordingFile.open(path);
    recording.record(new MediaStream([track]));
    await recording.finished;
    const { noiseDb, speechDb } = compare(await decodeSound(path), mixed);
    expect(noiseDb).toBeGreaterThanOrEqual(12);
    expect(Math.abs(speechDb)).toBeLessThanOrEqual(2);
  });

  test("of one track leaves another track of the same microphone as it is", async () => {
    const noise = makeNoise(clean.length, "white", -40);
    const file = writeSpeech(folder, "two.wav", noise);
    const track = await listenTo(file, { noiseSuppression: true });
    const raw = track.clone();
    await raw.applyConstraints({ noiseSuppression: false });
    expect([track, raw].map((each) => each.getSettings().noiseSuppression)).toEqual([true, false]);
    const [processed, unprocessed] = await Promise.all([samplesOf(track), samplesOf(raw)]);
    expect(levelDb(unprocessed)).toBeCloseTo(-40, 0);
    expect(levelDb(processed.subarray(SPEECH_RATE))).toBeLessThan(-52);
  });
});

describe("Automatic gain control", () => {
  test("brings a voice that is 20 dB quieter and one that is loud to one level", async () => {
    const levels: number[] = [];
    for (const gain of [0.1, 1]) {
      const said = clean.map((sample) => sample * gain);
      const file = writeSpeech(folder, `gain-${gain}.wav`, said);
      const track = await listenTo(file, { autoGainControl: { exact: true } });
      expect(track.getSettings().autoGainControl).toBe(true);
      const heard = await samplesOf(track);
      // It rises by 12 dB a second.
      levels.push(levelDb(heard.subarray((QUIET_S + 4) * SPEECH_RATE, -QUIET_S * SPEECH_RATE)));
    }
    const [quiet = 0, loud = 0] = levels;
    expect(Math.abs(quiet - loud)).toBeLessThanOrEqual(3);
    expect(loud).toBeGreaterThan(-30);
  });
});
