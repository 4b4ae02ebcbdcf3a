import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimestampMapper } from "../../../../src/capture-process/child/timestamp-mapper.ts";

describe("TimestampMapper", () => {
  it("takes a driver's monotonic stamps as they are", () => {
    const mapper = new TimestampMapper("monotonic");
    expect(mapper.map(1_000_000, 1_004_000)).toBe(1_000_000);
  });

  it("never says that a frame was captured after it arrived", () => {
    const step = fc.record({
      intervalUs: fc.integer({ min: 1, max: 100_000 }),
      delayUs: fc.integer({ min: 0, max: 300_000 }),
      jumpUs: fc.integer({ min: -1e9, max: 1e9 }),
    });
    fc.assert(
      fc.property(fc.constantFrom("monotonic", "other"), fc.array(step), (clock, steps) => {
        const mapper = new TimestampMapper(clock as "monotonic" | "other");
        let captureUs = 5_000_000;
        let foreignUs = 1_700_000_000_000_000;
        for (const { intervalUs, delayUs, jumpUs } of steps) {
          captureUs += intervalUs;
          foreignUs += intervalUs + (Math.abs(jumpUs) > 9e8 ? jumpUs : 0);
          const arrivalUs = captureUs + delayUs;
          expect(mapper.map(foreignUs, arrivalUs)).toBeLessThanOrEqual(arrivalUs);
        }
      }),
    );
  });

  it("keeps a foreign clock's intervals, whatever the frames' delay on the way", () => {
    const mapper = new TimestampMapper("other");
    const wallUs = 1_700_000_000_000_000;
    mapper.map(wallUs, 10_000_000);
    const times = [1, 2, 3].map((index) => {
      const stampUs = index * 33_333;
      return mapper.map(wallUs + stampUs, 10_000_000 + stampUs + index * 4_000);
    });
    for (const [index, time] of times.entries()) {
      expect(Math.abs(time - 10_000_000 - (index + 1) * 33_333)).toBeLessThan(10);
    }
  });

  it("follows a clock that was set", () => {
    const mapper = new TimestampMapper("other");
    mapper.map(1_000_000, 10_000_000);
    expect(mapper.map(3_601_033_333, 10_033_333)).toBe(10_033_333);
  });

  it("uses the arrival where a driver stamps nothing", () => {
    expect(new TimestampMapper("other").map(undefined, 77)).toBe(77);
  });
});
