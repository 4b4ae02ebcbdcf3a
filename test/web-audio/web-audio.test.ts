import { createRequire } from "node:module";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

import { createTrack } from "../../src/web/track/create-track.ts";
import { nodeRealm } from "../../src/web/realm/realm.ts";
import { pcm } from "../../src/readers/readers.ts";
import type { MediaStreamTrack } from "../../src/web/track/media-stream-track.ts";
import { ProgramSource } from "../../src/engine/source/program-source.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { adoptAudioData } from "../../src/media/adopt-frame.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { createTrackDestination, createTrackSource } from "../../src/web-audio/index.ts";
import type { GraphContext } from "../../src/web-audio/index.ts";
import { floatsOf } from "../support/speech.ts";
import { loudness, usualFrequency } from "../support/tone.ts";

interface Node {
  connect(destination: Node): Node;
  start(): void;
}
interface Context extends GraphContext {
  readonly destination: Node;
  close(): Promise<void>;
}
interface Library {
  readonly AudioContext: new (options: object) => Context;
  readonly OscillatorNode: new (context: Context, options: object) => Node;
  readonly GainNode: new (context: Context, options: object) => Node;
}

let library: Library | undefined;
let reason = "";
try {
  library = createRequire(import.meta.url)("node-web-audio-api") as Library;
} catch (error) {
  reason = `node-web-audio-api doesn't load here: ${String(error)}`;
}

/** A graph without a sound card. */
function openContext(): { context: Context; library: Library } {
  if (library === undefined) throw new Error(reason);
  const context = new library.AudioContext({ sinkId: { type: "none" }, sampleRate: 48_000 });
  onTestFinished(async () => {
    if (context.state !== "closed") await context.close();
  });
  return { context, library };
}

/** The first channel of some of a track's sound. */
async function hear(track: MediaStreamTrack, seconds: number): Promise<Float32Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of pcm(track, { channels: 1, format: "f32" })) {
    chunks.push(chunk);
    length += chunk.length / 4;
    if (length >= seconds * 48_000) break;
  }
  return floatsOf(Buffer.concat(chunks));
}

/** A track that gives a tone, in pieces of 10 ms and all that are due, for as long as the test runs. */
function toneTrack(frequency: number): MediaStreamTrack {
  const source = new ProgramSource("audio", "tone", { clock: systemClock, codecs: undefined });
  const startUs = systemClock.nowUs();
  let frame = 0;
  const pushPiece = (timestamp: number): void => {
    const samples = Float32Array.from({ length: 480 }, (_, index) => {
      return 0.5 * Math.sin((2 * Math.PI * frequency * (frame + index)) / 48_000);
    });
    frame += 480;
    const shape = { sampleRate: 48_000, numberOfFrames: 480, numberOfChannels: 1 };
    const bytes = new Uint8Array(samples.buffer);
    source.push(adoptAudioData(bytes, { format: "f32-planar", ...shape, timestamp }));
  };
  const timestampOf = (at: number): number => startUs + Math.round((at * 1e6) / 48_000);
  const timer = setInterval(() => {
    while (timestampOf(frame + 480) <= systemClock.nowUs()) pushPiece(timestampOf(frame));
  }, 10);
  onTestFinished(() => {
    clearInterval(timer);
    source.end();
  });
  return createTrack(nodeRealm, source.openTrack({ sampleRate: 48_000, channelCount: 1 }));
}

describe("A graph of node-web-audio-api", () => {
  beforeEach((context) => {
    if (library === undefined) context.skip(reason);
  });

  test("becomes a track: a tone of 440 Hz, as loud as it is there, without a gap in time", async () => {
    const { context, library } = openContext();
    const { node, track } = await createTrackDestination(context);
    expect(track.getSettings()).toMatchObject({ sampleRate: 48_000, channelCount: 2 });
    const tone = new library.OscillatorNode(context, { frequency: 440 });
    tone.connect(new library.GainNode(context, { gain: 0.5 })).connect(node);
    tone.start();
    const heard = (await hear(track, 1.5)).subarray(24_000);
    expect(Math.abs(usualFrequency(heard, 48_000) - 440)).toBeLessThan(1);
    expect(loudness(heard)).toBeCloseTo(0.5 * Math.SQRT1_2, 2);
  });

  test("plays a track: a tone of 440 Hz goes in and comes out again", async () => {
    const { context } = openContext();
    const source = await createTrackSource(context, toneTrack(440));
    const { node, track } = await createTrackDestination(context, { channelCount: 1 });
    source.connect(node);
    const heard = (await hear(track, 1.5)).subarray(24_000);
    expect(Math.abs(usualFrequency(heard, 48_000) - 440)).toBeLessThan(1);
    expect(loudness(heard)).toBeGreaterThan(0.2);
  });

  test("is silent where nothing is connected, and its track ends with it", async () => {
    const { context } = openContext();
    const { track } = await createTrackDestination(context);
    expect(loudness(await hear(track, 0.2))).toBe(0);
    const ended = new Promise((resolve) => track.addEventListener("ended", resolve));
    await context.close();
    await ended;
    expect(track.readyState).toBe("ended");
    expect(openFrameCount()).toBe(0);
  });

  test("refuses what it can't play, before anything starts", async () => {
    const { context } = openContext();
    const ended = toneTrack(440);
    ended.stop();
    await expect(createTrackSource(context, ended)).rejects.toThrow(/ended/);
    const video = new ProgramSource("video", "v", { clock: systemClock, codecs: undefined });
    const picture = createTrack(nodeRealm, video.openTrack({}));
    await expect(createTrackSource(context, picture)).rejects.toThrow(TypeError);
    await expect(createTrackDestination(context, { channelCount: 0 })).rejects.toThrow(RangeError);
    await context.close();
    await expect(createTrackDestination(context)).rejects.toThrow(/closed/);
  });
});
