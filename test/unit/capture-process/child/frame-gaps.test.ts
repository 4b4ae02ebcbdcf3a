import fc from "fast-check";
import { expect, it } from "vitest";
import { FrameGaps, FrameSchedule } from "../../../../src/capture-process/child/frame-gaps.ts";

const INTERVAL_US = 1e6 / 30;

it("counts the frames of a camera that are missing, whichever they are, jitter or not", () => {
  const kept = fc.array(fc.boolean(), { minLength: 30, maxLength: 300 });
  const jitter = fc.array(fc.integer({ min: -6_000, max: 6_000 }), { minLength: 300 });
  fc.assert(
    fc.property(kept, jitter, (isKept, jitterUs) => {
      // Never ten in a row, which would mute the camera, nor at a regular pace.
      const isThere = isKept.map((is, index) => is || index % 5 === 0 || index % 7 === 0);
      const gaps = new FrameGaps(30);
      let lost = 0;
      let last = 0;
      for (const [index, is] of isThere.entries()) {
        if (!is) continue;
        lost += gaps.lostBefore(index * INTERVAL_US + (jitterUs[index] ?? 0));
        last = index;
      }
      expect(lost).toBe(isThere.slice(0, last).filter((is) => !is).length);
    }),
    { examples: [[Array.from({ length: 60 }, (_, index) => index !== 30), Array(300).fill(0)]] },
  );
});

it("counts nothing as lost of a camera that runs slower than its mode says", () => {
  const gaps = new FrameGaps(30);
  let timeUs = 0;
  const run = (frames: number, intervalUs: number): number => {
    let lost = 0;
    for (let frame = 0; frame < frames; frame++) lost += gaps.lostBefore((timeUs += intervalUs));
    return lost;
  };
  expect(run(30, INTERVAL_US)).toBe(0);
  // Until that it is slower shows.
  run(9, 2 * INTERVAL_US);
  expect(run(60, 2 * INTERVAL_US)).toBe(0);
  // One of the slower ones is missing.
  timeUs += 2 * INTERVAL_US;
  expect(run(20, 2 * INTERVAL_US)).toBe(1);
});

it("counts nothing as lost of the time that a camera was muted for, nor when its clock steps", () => {
  const gaps = new FrameGaps(30);
  expect(gaps.lostBefore(0)).toBe(0);
  expect(gaps.lostBefore(5_000_000)).toBe(0);
  expect(gaps.lostBefore(4_000_000)).toBe(0);
  expect(gaps.lostBefore(4_000_000 + 3 * INTERVAL_US)).toBe(2);
});

it("has as many pictures of a screen come or count as lost as were due, however late they are", () => {
  const lateness = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 2, maxLength: 300 });
  fc.assert(
    fc.property(lateness, (lateUs) => {
      const schedule = new FrameSchedule(30);
      let shown = 0;
      let lost = 0;
      let nowUs = 0;
      let firstUs: number | undefined;
      for (const [index, late] of lateUs.entries()) {
        // As FFmpeg's grabber works: never before the time, late ones at once after each other.
        nowUs = Math.max(nowUs + 1, index * INTERVAL_US + late);
        firstUs ??= nowUs;
        const before = schedule.lostBefore(nowUs);
        if (before === undefined) continue;
        shown += 1;
        lost += before;
      }
      const due = (nowUs - (firstUs ?? 0)) / INTERVAL_US;
      expect(shown + lost).toBeGreaterThanOrEqual(Math.floor(due));
      // The first picture may have been late itself.
      expect(shown + lost).toBeLessThanOrEqual(due + 2 + (firstUs ?? 0) / INTERVAL_US);
    }),
  );
});
