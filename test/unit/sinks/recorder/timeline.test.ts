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

test("Sound stays within 20 ms of the clock for an hour, though the card is 300 ppm off", () => {
  for (const drift of [-300e-6, 300e-6]) {
    const placement = new AudioPlacement();
    let worstUs = 0;
    let holes = 0;
    let endUs = 0;
    for (let index = 0; index < 180_000; index += 1) {
      const clockUs = Math.round(index * 20_000 * (1 + drift));
      const placedUs = placement.place(clockUs, 20_000);
      if (placedUs === undefined || Math.abs(placedUs - endUs) > 1_000) holes += 1;
      worstUs = Math.max(worstUs, Math.abs((placedUs ?? 0) - clockUs));
      endUs = (placedUs ?? 0) + 20_000;
    }
    expect(holes).toBe(0);
    expect(worstUs).toBeLessThan(20_000);
  }
});

test("Jitter of a driver is smoothed, a hole stays where it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 50, maxLength: 200 }),
      fc.integer({ min: 100_000, max: 5_000_000 }),
      (jitter, holeUs) => {
        const placement = new AudioPlacement();
        let endUs = 1_000_000 + (jitter[0] ?? 0);
        for (const [index, us] of jitter.entries()) {
          const placedUs = placement.place(1_000_000 + index * 20_000 + us, 20_000);
          if (placedUs === undefined) throw new Error("no room");
          expect(Math.abs(placedUs - endUs)).toBeLessThan(1_300);
          endUs = placedUs + 20_000;
        }
        const afterUs = 1_000_000 + jitter.length * 20_000 + holeUs;
        expect(placement.place(afterUs, 20_000)).toBe(afterUs);
      },
    ),
  );
});

test("What lies wholly behind has no room", () => {
  const placement = new AudioPlacement();
  expect(placement.place(100_000, 20_000)).toBe(100_000);
  expect(placement.place(0, 20_000)).toBeUndefined();
});
