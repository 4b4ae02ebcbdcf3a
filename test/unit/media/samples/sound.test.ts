import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";

import { AudioConverter } from "../../../../src/media/samples/audio-converter.ts";
import { AudioData } from "../../../../src/media/audio-data.ts";
import { Resampler } from "../../../../src/media/samples/resampler.ts";
import { mixChannels, speakerMatrix } from "../../../../src/media/samples/speaker-mix.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";

afterEach(expectNoOpenFrames);

function tone(rate: number, hz: number, count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_item, index) =>
    Math.sin((2 * Math.PI * hz * index) / rate),
  );
}

/** Resamples in pieces of the given lengths, again and again. */
function inPieces(resampler: Resampler, input: Float32Array, lengths: readonly number[]): number[] {
  const output: number[] = [];
  for (let at = 0, index = 0; at < input.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    output.push(...resampler.process(input.subarray(at, at + length)));
    at += length;
  }
  return [...output, ...resampler.flush()];
}

function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

describe("resampling", () => {
  it.each([
    [48_000, 16_000],
    [44_100, 48_000],
    [48_000, 44_100],
    [16_000, 48_000],
    [48_000, 47_999.3],
  ])("keeps a tone in place and pure, %d to %d Hz", (from, to) => {
    const output = inPieces(new Resampler(from, to), tone(from, 1000, from / 4), [480]);
    let noise = 0;
    let signal = 0;
    for (let index = 200; index < output.length - 200; index++) {
      const wanted = Math.sin((2 * Math.PI * 1000 * index) / to);
      noise += ((output[index] ?? 0) - wanted) ** 2;
      signal += wanted ** 2;
    }
    expect(decibels(Math.sqrt(noise / signal))).toBeLessThan(-75);
    expect(Math.abs(output.length - to / 4)).toBeLessThanOrEqual(1);
  });

  it("lets nothing through that the lower rate can't hold", () => {
    const output = inPieces(new Resampler(48_000, 16_000), tone(48_000, 9000, 12_000), [480]);
    const peak = Math.max(...output.slice(300, -300).map(Math.abs));
    expect(decibels(peak)).toBeLessThan(-70);
  });

  it("gives the same samples however the input is cut into pieces", () => {
    const input = tone(44_100, 440, 2000);
    const wholly = inPieces(new Resampler(44_100, 48_000), input, [2000]);
    const lengths = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lengths, (pieces) => {
        const output = inPieces(new Resampler(44_100, 48_000), input, pieces);
        expect(output.length).toBe(wholly.length);
        for (const [index, sample] of output.entries()) {
          expect(Math.abs(sample - (wholly[index] ?? 0))).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a converter of samples", () => {
  it("gives timestamps without a gap, and begins anew after one", () => {
    const converter = new AudioConverter({ fromRate: 48_000, toRate: 16_000, numberOfChannels: 1 });
    const starts: number[] = [];
    let expected: number | undefined;
    for (const timestamp of [0, 10_000, 20_000, 30_000, 5_000_000, 5_010_000]) {
      const data = new AudioData({
        format: "f32",
        sampleRate: 48_000,
        numberOfFrames: 480,
        numberOfChannels: 1,
        timestamp,
        data: new Float32Array(480),
      });
      const converted = converter.convert(data);
      data.close();
      if (converted === undefined) continue;
      if (Math.abs(converted.timestamp - (expected ?? -1e9)) > 1000)
        starts.push(converted.timestamp);
      expected = converted.timestamp + converted.duration;
      converted.close();
    }
    expect(starts).toEqual([0, 5_000_000]);
  });
});

describe("mixing by Web Audio's rules for speakers", () => {
  it("halves stereo into mono, and doubles mono into stereo", () => {
    const [mono] = mixChannels([Float32Array.of(1, 0), Float32Array.of(0, -1)], 1);
    expect(mono).toEqual(Float32Array.of(0.5, -0.5));
    expect(mixChannels([Float32Array.of(0.25)], 2)).toEqual([
      Float32Array.of(0.25),
      Float32Array.of(0.25),
    ]);
  });

  it("brings 5.1 to stereo", () => {
    expect(speakerMatrix(6, 2)[0]).toEqual([1, 0, Math.SQRT1_2, 0, Math.SQRT1_2, 0]);
  });

  it("leaves channels as they are where their number is the same, and has no rule for seven", () => {
    expect(speakerMatrix(2, 2)).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(speakerMatrix(7, 1)).toEqual([[1, 0, 0, 0, 0, 0, 0]]);
  });
});
