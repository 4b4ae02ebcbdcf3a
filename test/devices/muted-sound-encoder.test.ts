import { expect, test } from "vitest";
import { AudioEncoder } from "../../src/capture-process/child/audio-encoder.ts";
import type { Chunk } from "../../src/capture-process/child/chunk-maker.ts";
import { loadNative } from "../../src/capture-process/child/native.ts";

const RATE = 48_000;
const BLOCK = 480;

/** An encoder to PCM beside a capture, and the samples that came out of it, by their time. */
async function setUp() {
  const native = await loadNative();
  const chunks: Chunk[] = [];
  const encoder = await AudioEncoder.open(
    native,
    { kind: "audio", codec: "pcm-s16", sampleRate: RATE, numberOfChannels: 1, bitrate: 768_000 },
    {
      chunk: (chunk) => chunks.push(chunk),
      leftOut: () => undefined,
      error: (error) => {
        throw error;
      },
    },
  );
  /** 10 ms of sound, as loud as can be. */
  const hear = (timestampUs: number): void => {
    const planes = [Buffer.from(new Int16Array(BLOCK).fill(20_000).buffer)];
    const format = native.constants.AV_SAMPLE_FMT_S16;
    encoder.take({ sampleRate: RATE, channels: 1, format, count: BLOCK, planes }, timestampUs);
  };
  /** From when to when it is silent, and where the sound ends, all in s; holes are an error. */
  const finish = async () => {
    await encoder.flush();
    await encoder.close();
    const samples = chunks.flatMap(({ data }) => [...new Int16Array(Uint8Array.from(data).buffer)]);
    for (const [index, { duration, timestamp }] of chunks.slice(0, -1).entries()) {
      expect(Math.abs((chunks[index + 1]?.timestamp ?? 0) - timestamp - duration)).toBeLessThan(2);
    }
    const fromS = samples.findIndex((sample) => sample === 0) / RATE;
    const lengthS = samples.slice(fromS * RATE).findIndex((sample) => sample !== 0) / RATE;
    return { firstUs: chunks[0]?.timestamp, fromS, toS: fromS + lengthS };
  };
  return { encoder, finish, hear };
}

test("Silence fills the time in which a microphone gives nothing, to the sample", async () => {
  const { encoder, finish, hear } = await setUp();
  for (let index = 0; index < 50; index += 1) hear(index * 10_000);
  for (let atUs = 1_500_000; atUs < 2_500_000; atUs += 20_000) encoder.blank(atUs);
  for (let index = 0; index < 50; index += 1) hear(2_512_345 + index * 10_000);
  const { fromS, toS } = await finish();
  expect(fromS).toBe(0.5);
  expect(Math.abs(toS - 2.512_345)).toBeLessThanOrEqual(1 / RATE);
});

test("What a microphone gives too late is left out: silence stands in its place", async () => {
  const { encoder, finish, hear } = await setUp();
  hear(0);
  encoder.blank(1_000_000);
  for (let index = 0; index < 50; index += 1) hear(800_000 + index * 10_000);
  const { fromS, toS } = await finish();
  expect(fromS).toBe(0.01);
  expect(toS).toBeCloseTo(1, 3);
});

test("A recording of a microphone that gives nothing from the start begins with silence", async () => {
  const { encoder, finish, hear } = await setUp();
  for (let atUs = 5_000_000; atUs <= 5_400_000; atUs += 20_000) encoder.blank(atUs);
  for (let index = 0; index < 10; index += 1) hear(5_410_000 + index * 10_000);
  const { firstUs, fromS, toS } = await finish();
  expect(firstUs).toBe(5_000_000);
  expect([fromS, toS]).toEqual([0, 0.41]);
});
