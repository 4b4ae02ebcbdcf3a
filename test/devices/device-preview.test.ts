import { expect, onTestFinished, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { VirtualPermission } from "../../src/testing/virtual-permission.ts";

function world() {
  const capture = createMediaCapture({
    backends: [new SyntheticBackend({ clock: systemClock })],
    permission: new VirtualPermission(),
  });
  onTestFinished(() => capture.close());
  return capture.preview;
}

test("a camera's preview is small RGBA pictures in its own shape", async () => {
  const controller = new AbortController();
  for await (const picture of world().pictures("synthetic:camera-1", controller.signal)) {
    expect(picture.width).toBeLessThanOrEqual(320);
    expect(picture.width / picture.height).toBeCloseTo(4 / 3, 1);
    expect(picture.data).toHaveLength(picture.width * picture.height * 4);
    expect(new Set(picture.data).size).toBeGreaterThan(10);
    break;
  }
  expect(openFrameCount()).toBe(0);
});

test("a microphone's preview is its loudness, from silence to a beep", async () => {
  const controller = new AbortController();
  const levels: number[] = [];
  for await (const level of world().levels("synthetic:microphone-1", controller.signal)) {
    levels.push(level);
    if (level > 0.5) break;
  }
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...levels)).toBeLessThanOrEqual(1);
  expect(openFrameCount()).toBe(0);
});

test("an aborted preview releases its device, and one of no device shows nothing", async () => {
  const preview = world();
  const controller = new AbortController();
  let pictures = 0;
  for await (const picture of preview.pictures("synthetic:camera-1", controller.signal)) {
    pictures += picture.width > 0 ? 1 : 0;
    controller.abort();
  }
  expect(pictures).toBe(1);
  for await (const picture of preview.pictures("synthetic:none", AbortSignal.timeout(10_000))) {
    pictures += picture.width;
  }
  expect(pictures).toBe(1);
  expect(openFrameCount()).toBe(0);
});
