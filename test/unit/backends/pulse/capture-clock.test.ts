import * as fc from "fast-check";
import { expect, test } from "vitest";

import { CaptureClock } from "../../../../src/backends/pulse/capture-clock.ts";

test("Blocks follow each other without a gap between measurements", () => {
  const clock = new CaptureClock(48_000);
  clock.measure({ frame: 480, capturedUs: 1_010_000 });
  expect([0, 480, 960].map((frame) => clock.timestampUs(frame))).toEqual([
    1_000_000, 1_010_000, 1_020_000,
  ]);
});

test("A clock that drifts is followed, and no step is above half a millisecond", () => {
  const drift = fc.double({ min: -0.0005, max: 0.0005, noNaN: true });
  fc.assert(
    fc.property(drift, (ratio) => {
      const clock = new CaptureClock(48_000);
      clock.measure({ frame: 0, capturedUs: 0 });
      for (let second = 1; second < 600; second += 1) {
        const frame = second * 48_000;
        const before = clock.timestampUs(frame);
        clock.measure({ frame, capturedUs: second * 1_000_000 * (1 + ratio) });
        const step = clock.timestampUs(frame) - before;
        expect(Math.abs(step)).toBeLessThanOrEqual(501);
      }
      const errorUs = clock.timestampUs(599 * 48_000) - 599_000_000 * (1 + ratio);
      expect(Math.abs(errorUs)).toBeLessThan(5000);
    }),
    { numRuns: 50 },
  );
});

test("Jitter of a measurement hardly moves the clock", () => {
  const clock = new CaptureClock(48_000);
  clock.measure({ frame: 0, capturedUs: 0 });
  clock.measure({ frame: 48_000, capturedUs: 1_003_000 });
  expect(clock.timestampUs(48_000)).toBe(1_000_300);
});

test("A jump is a gap and is taken over at once", () => {
  const clock = new CaptureClock(48_000);
  clock.measure({ frame: 0, capturedUs: 0 });
  clock.measure({ frame: 48_000, capturedUs: 3_000_000 });
  expect(clock.timestampUs(48_000)).toBe(3_000_000);
});

test("After a pause the clock waits for a measurement", () => {
  const clock = new CaptureClock(48_000);
  clock.measure({ frame: 0, capturedUs: 0 });
  clock.reset();
  expect(clock.running).toBe(false);
});
