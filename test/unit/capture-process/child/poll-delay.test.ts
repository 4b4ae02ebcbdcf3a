import { expect, test } from "vitest";
import { pollDelayMs } from "../../../../src/capture-process/child/poll-delay.ts";

/** How often a camera is asked, and how late each picture is seen, ms. */
function simulate(intervalMs: number, jitterMs: number) {
  let polls = 0;
  let now = 0;
  let last: number | undefined;
  const lateMs: number[] = [];
  for (let picture = 0; picture < 100; picture++) {
    const ready = picture * intervalMs + (picture % 2) * jitterMs;
    while (now < ready) {
      now += pollDelayMs(last === undefined ? undefined : now - last, intervalMs, "v4l2");
      polls += 1;
    }
    lateMs.push(now - ready);
    last = now;
  }
  return { pollsPerPicture: polls / 100, latestMs: Math.max(...lateMs.slice(1)) };
}

test("a camera is left alone until shortly before its next picture, and asked often then", () => {
  for (const frameRate of [5, 15, 30, 60]) {
    const { latestMs, pollsPerPicture } = simulate(1000 / frameRate, 0);
    expect(latestMs).toBeLessThanOrEqual(4);
    expect(pollsPerPicture).toBeLessThanOrEqual(4);
  }
});

test("a picture that comes early is seen at most as much later as it was early", () => {
  expect(simulate(100, 20).latestMs).toBeLessThanOrEqual(24);
});

test("sound, the first picture, and a camera that has stopped are asked for at an even pace", () => {
  expect(pollDelayMs(5, undefined, "alsa")).toBe(8);
  expect(pollDelayMs(undefined, 33, "v4l2")).toBe(8);
  expect(pollDelayMs(5_000, 33, "v4l2")).toBe(8);
});

test("a driver that keeps one buffer of 10 ms is asked five times as often", () => {
  expect(pollDelayMs(5, undefined, "avfoundation")).toBe(2);
});
