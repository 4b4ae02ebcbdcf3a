import { describe, expect, it } from "vitest";
import { SampleClock } from "../../../../src/capture-process/child/sample-clock.ts";

describe("SampleClock", () => {
  it("counts time in samples from its anchor", () => {
    const clock = new SampleClock(48_000);
    clock.anchor(0, 1_000_000);
    expect(clock.timeUs(48_000)).toBe(2_000_000);
  });

  it("knows nothing before its first anchor", () => {
    expect(new SampleClock(48_000).timeUs(0)).toBeUndefined();
    expect(new SampleClock(48_000).expectedUs(0)).toBeUndefined();
  });

  it("gives samples before a new anchor their old time", () => {
    const clock = new SampleClock(1_000);
    clock.anchor(0, 0);
    clock.lift();
    expect(clock.expectedUs(500)).toBeUndefined();
    clock.anchor(500, 9_000_000);
    expect(clock.expectedUs(600)).toBe(9_100_000);
    expect(clock.timeUs(400)).toBe(400_000);
    expect(clock.timeUs(500)).toBe(9_000_000);
  });
});
