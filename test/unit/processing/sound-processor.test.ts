import { expect, it } from "vitest";

import { loadSpeex } from "../../../src/processing/load-speex.ts";
import { type OwnSound, SoundProcessor } from "../../../src/processing/sound-processor.ts";

const RATE = 48_000;
const nothing = { noiseSuppression: false, autoGainControl: false };

/** A sweep, in pieces of this many samples. */
function* pieces(size: number, total: number) {
  const sweep = Float32Array.from({ length: total }, (_, n) => 0.3 * Math.sin(n * n * 1e-5));
  for (let start = 0; start < total; start += size) {
    const samples = sweep.subarray(start, start + size);
    yield { samples, sampleRate: RATE, timestampUs: Math.round((start * 1e6) / RATE) };
  }
}

it.each([128, 480, 1000])("gives every sample its own time, in pieces of %i", async (size) => {
  const processor = new SoundProcessor(await loadSpeex(), nothing);
  const heard: OwnSound[] = [];
  for (const piece of pieces(size, RATE)) {
    const sound = processor.process(piece);
    if (sound !== undefined) heard.push(sound);
  }
  let position = 0;
  const [original] = [...pieces(RATE, RATE)];
  for (const { samples, timestampUs } of heard) {
    expect(Math.abs(timestampUs - (position * 1e6) / RATE)).toBeLessThanOrEqual(1);
    // The first block fades in.
    for (let index = position === 0 ? 480 : 0; index < samples.length; index += 97) {
      const expected = original?.samples[position + index] ?? 0;
      expect(Math.abs((samples[index] ?? 0) - expected)).toBeLessThan(0.01);
    }
    position += samples.length;
  }
  expect(position).toBeGreaterThan(RATE - 1500);
  processor.close();
});

it("begins anew after a gap, at the time after it", async () => {
  const processor = new SoundProcessor(await loadSpeex(), nothing);
  const samples = new Float32Array(960);
  processor.process({ samples, sampleRate: RATE, timestampUs: 0 });
  const after = processor.process({ samples, sampleRate: RATE, timestampUs: 1_000_000 });
  expect(after?.timestampUs).toBe(1_000_000);
  expect(after?.samples).toHaveLength(480);
});

it("clips what is louder than full scale, and doesn't turn it over", async () => {
  const processor = new SoundProcessor(await loadSpeex(), nothing);
  const samples = new Float32Array(RATE / 10).fill(1.5);
  const heard = processor.process({ samples, sampleRate: RATE, timestampUs: 0 });
  expect(Math.min(...(heard?.samples.subarray(960) ?? []))).toBeGreaterThan(0.9);
});

it("gives its memory back", async () => {
  const speex = await loadSpeex();
  const samples = new Float32Array(960);
  for (let round = 0; round < 2000; round += 1) {
    const processor = new SoundProcessor(speex, { ...nothing, noiseSuppression: true });
    processor.process({ samples, sampleRate: RATE, timestampUs: 0 });
    processor.close();
  }
  expect(speex.memory.i16.byteLength).toBeLessThanOrEqual(32 << 20);
});
