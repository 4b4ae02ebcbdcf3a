import { createHash } from "node:crypto";
import { mock } from "node:test";
import { afterEach, expect, test, vi } from "vitest";

import { frames } from "../../../src/index.ts";
import type { AudioData } from "../../../src/media/audio-data.ts";
import type { VideoFrame } from "../../../src/media/video-frame.ts";
import { ManualClock, pattern, VirtualDevices } from "../../../src/testing/index.ts";
import { mediaStreamTrackBrand } from "../../../src/web/track/media-stream-track-slots.ts";

/** Up to the picture that would begin the eleventh. */
const TEN_SECONDS_MS = 9_999;

afterEach(() => {
  vi.useRealTimers();
  mock.timers.reset();
});

/** What a camera of 15 pictures a second and a microphone give, as one hash of all bytes. */
async function captured(
  devices: VirtualDevices,
  pass: () => Promise<unknown>,
  seed = 7,
): Promise<{ pictures: number; samples: number; hash: string }> {
  const modes = [{ width: 64, height: 48, frameRate: 15 }];
  devices.addCamera({ modes, content: pattern(seed) });
  devices.addMicrophone({ defaultSampleRate: 8000 });
  const stream = await devices.mediaDevices.getUserMedia({ audio: true, video: true });
  const hash = createHash("sha256");
  const counts = { pictures: 0, samples: 0 };
  const take = (frame: VideoFrame | AudioData): void => {
    if ("codedWidth" in frame) {
      counts.pictures += 1;
      const bytes = new Uint8Array(frame.allocationSize());
      void frame.copyTo(bytes);
      hash.update(`${frame.timestamp} `).update(bytes);
    } else {
      counts.samples += frame.numberOfFrames;
      const bytes = new Uint8Array(frame.allocationSize({ planeIndex: 0 }));
      frame.copyTo(bytes, { planeIndex: 0 });
      hash.update(`${frame.timestamp} `).update(bytes);
    }
    frame.close();
  };
  for (const track of stream.getTracks()) {
    mediaStreamTrackBrand.slotsOf(track).track.connect({ frame: take });
  }
  await pass();
  for (const track of stream.getTracks()) track.stop();
  await devices.close();
  return { ...counts, hash: hash.digest("hex") };
}

const TEN_SECONDS = { pictures: 150, samples: 80_000 };

test("a manual clock gives ten seconds at once: same seed, same bytes", async () => {
  const run = (seed: number) => {
    const clock = new ManualClock();
    return captured(new VirtualDevices({ clock }), () => clock.advance(TEN_SECONDS_MS), seed);
  };
  const [first, second, other] = [await run(7), await run(7), await run(8)];
  expect(first).toMatchObject(TEN_SECONDS);
  expect(second).toEqual(first);
  expect(other?.hash).not.toBe(first?.hash);
});

test("Vitest's fake timers hold the devices: ten seconds at once, same seed, same bytes", async () => {
  const run = () => {
    vi.useFakeTimers({ now: 0 });
    return captured(new VirtualDevices(), () => vi.advanceTimersByTimeAsync(TEN_SECONDS_MS));
  };
  const first = await run();
  expect(first).toMatchObject(TEN_SECONDS);
  expect(await run()).toEqual(first);
});

test("so do node:test's, whose tick() is one jump", async () => {
  const run = async () => {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"], now: 0 });
    return captured(new VirtualDevices(), async () => mock.timers.tick(TEN_SECONDS_MS));
  };
  const first = await run();
  expect(first).toMatchObject(TEN_SECONDS);
  expect(await run()).toEqual(first);
});

test("events come while fake timers stand still, as in a browser", async () => {
  vi.useFakeTimers();
  const devices = new VirtualDevices();
  const camera = devices.addCamera();
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const ended = new Promise((resolve) => {
    stream.getTracks()[0]?.addEventListener("ended", resolve);
  });
  camera.unplug();
  await expect(ended).resolves.toMatchObject({ type: "ended" });
  await devices.close();
});

test("a manual clock goes on while fake timers stand still", async () => {
  vi.useFakeTimers();
  const clock = new ManualClock();
  const devices = new VirtualDevices({ clock });
  devices.addCamera({ modes: [{ width: 64, height: 48 }] });
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const reader = frames(stream.getVideoTracks()[0] as never, { format: "rgba" });
  const first = reader[Symbol.asyncIterator]().next();
  await clock.advance(100);
  expect((await first).done).toBe(false);
  reader.destroy();
  await devices.close();
});
