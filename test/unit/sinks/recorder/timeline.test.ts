import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AudioPlacement } from "../../../../src/sinks/recorder/audio-placement.ts";
import { RecordingTimeline } from "../../../../src/sinks/recorder/recording-timeline.ts";

const spans = fc.array(
  fc.record({
    recordUs: fc.integer({ min: 0, max: 10_000_000 }),
    pauseUs: fc.integer({ min: 0, max: 10_000_000 }),
  }),
  { maxLength: 8 },
);

/** Runs through the spans; returns the end and the timeline. */
function play(parts: readonly { recordUs: number; pauseUs: number }[], zeroUs: number) {
  const timeline = new RecordingTimeline();
  timeline.begin(zeroUs);
  let nowUs = zeroUs;
  let recordedUs = 0;
  for (const { recordUs, pauseUs } of parts) {
    nowUs += recordUs;
    recordedUs += recordUs;
    timeline.pause(nowUs);
    nowUs += pauseUs;
    timeline.resume(nowUs);
  }
  return { timeline, nowUs, recordedUs };
}

test("The end of a recording is the sum of what wasn't paused", () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 0, max: 1e12 }), (parts, zeroUs) => {
      const { timeline, nowUs, recordedUs } = play(parts, zeroUs);
      expect(timeline.map(nowUs)).toBe(recordedUs);
    }),
  );
});

test("Later moments are never placed earlier, nor any before zero", () => {
  fc.assert(
    fc.property(
      spans,
      fc.array(fc.integer({ min: -1_000_000, max: 100_000_000 }), { minLength: 2 }),
      (parts, moments) => {
        const zeroUs = 1_000_000_000;
        const { timeline } = play(parts, zeroUs);
        const placed = moments
          .toSorted((a, b) => a - b)
          .map((moment) => timeline.map(zeroUs + moment))
          .filter((moment) => moment !== undefined);
        for (const [index, moment] of placed.entries()) {
          expect(moment).toBeGreaterThanOrEqual(placed[index - 1] ?? 0);
        }
      },
    ),
  );
});

test("Moments of a pause have no place", () => {
  const timeline = new RecordingTimeline();
  timeline.begin(0);
  timeline.pause(100);
  expect([99, 100, 5_000].map((moment) => timeline.map(moment))).toEqual([
    99,
    undefined,
    undefined,
  ]);
  timeline.resume(300);
  expect([200, 300, 350].map((moment) => timeline.map(moment))).toEqual([undefined, 100, 150]);
});

test("A pause that was over before the first chunk cuts nothing", () => {
  const timeline = new RecordingTimeline();
  timeline.pause(0);
  timeline.resume(50);
  timeline.begin(100);
  expect(timeline.map(150)).toBe(50);
});

test("A moment at or after the end has no place", () => {
  const timeline = new RecordingTimeline();
  timeline.begin(0);
  timeline.end(100);
  expect([99, 100, 101].map((moment) => timeline.map(moment))).toEqual([99, undefined, undefined]);
});

test("Sound goes end to end through any pauses, half a chunk from its time at most", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          recordUs: fc.integer({ min: 0, max: 500_000 }),
          pauseUs: fc.integer({ min: 0, max: 500_000 }),
        }),
        { maxLength: 50 },
      ),
      fc.constantFrom(20_000, 64_000 / 3),
      (parts, chunkUs) => {
        const { timeline, nowUs, recordedUs } = play(parts, 0);
        const placement = new AudioPlacement();
        let endUs: number | undefined;
        for (let index = 0; index * chunkUs < nowUs; index += 1) {
          const [startUs, durationUs] = [Math.round(index * chunkUs), Math.round(chunkUs)];
          const mappedUs = timeline.map(startUs, durationUs);
          const placedUs =
            mappedUs === undefined ? undefined : placement.place(mappedUs, durationUs);
          if (placedUs === undefined) continue;
          expect(Math.abs(placedUs - (endUs ?? placedUs))).toBeLessThanOrEqual(2);
          expect(Math.abs(placedUs - (mappedUs ?? 0))).toBeLessThanOrEqual(chunkUs / 2 + 1);
          endUs = placedUs + durationUs;
        }
        if (endUs !== undefined) expect(Math.abs(endUs - recordedUs)).toBeLessThan(1.5 * chunkUs);
      },
    ),
  );
});

test("Whole microseconds of chunks that aren't don't add up to a hole in an hour", () => {
  const placement = new AudioPlacement();
  const starts = Array.from({ length: 170_000 }, (_chunk, index) =>
    Math.round((index * 1_024_000_000) / 48_000),
  );
  const moved = starts.filter((startUs) => placement.place(startUs, 21_333) !== startUs);
  expect(moved).toEqual([]);
});

test("A hole stays where it was", () => {
  const placement = new AudioPlacement();
  expect(placement.place(0, 20_000)).toBe(0);
  expect(placement.place(120_000, 20_000)).toBe(120_000);
  expect(placement.place(140_000, 20_000)).toBe(140_000);
});

test("What lies wholly behind has no room", () => {
  const placement = new AudioPlacement();
  expect(placement.place(100_000, 20_000)).toBe(100_000);
  expect(placement.place(0, 20_000)).toBeUndefined();
});
