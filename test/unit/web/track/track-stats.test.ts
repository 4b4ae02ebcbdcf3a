import { afterEach, describe, expect, it } from "vitest";
import { SyntheticBackend } from "../../../../src/backends/synthetic/index.ts";
import { createMediaCapture } from "../../../../src/world/create-media-capture.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import type { PermissionBroker } from "../../../../src/permission/contract.ts";
import { MediaStreamTrackAudioStats } from "../../../../src/web/track/media-stream-track-audio-stats.ts";
import { MediaStreamTrackGenerator } from "../../../../src/web/transform/media-stream-track-generator.ts";
import { MediaStreamTrackVideoStats } from "../../../../src/web/track/media-stream-track-video-stats.ts";
import { pcm } from "../../../../src/readers/readers.ts";

afterEach(() => expect(openFrameCount()).toBe(0));

const granting: PermissionBroker = {
  query: () => "granted",
  request: ({ kinds }) => Promise.resolve(kinds.map(({ name }) => ({ name, state: "granted" }))),
  watch: () => () => {},
  deviceIdSalt: () => "salt",
};

async function open() {
  const clock = new ManualClock({ startUs: 1_005_000 });
  const backends = [new SyntheticBackend({ clock })];
  const capture = createMediaCapture({ backends, clock, permission: granting });
  const constraints = { audio: true, video: { frameRate: 20 } };
  const stream = await capture.navigator.mediaDevices.getUserMedia(constraints);
  const [audio] = stream.getAudioTracks();
  const [video] = stream.getVideoTracks();
  if (!audio || !video) throw new Error("no tracks");
  return { audio, capture, clock, video };
}

/** Lets promises go on, but no timer. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe("MediaStreamTrack.stats", () => {
  it("counts the pictures of a device that nobody takes", async () => {
    const { capture, clock, video } = await open();
    const { stats } = video;
    if (!(stats instanceof MediaStreamTrackVideoStats)) throw new Error("no stats");
    expect(stats.toJSON()).toEqual({ deliveredFrames: 0, discardedFrames: 0, totalFrames: 0 });
    await clock.advance(1000);
    expect(stats.toJSON()).toEqual({ deliveredFrames: 20, discardedFrames: 0, totalFrames: 20 });
    expect(video.stats).toBe(stats);
    await capture.close();
  });

  it("stays the same until the script lets go, however long it takes", async () => {
    const { capture, clock, video } = await open();
    const { stats } = video;
    expect(stats?.totalFrames).toBe(0);
    await microtasks();
    // Time goes on, and nothing else does.
    clock.nowUs = () => 2_005_000;
    expect(stats?.totalFrames).toBe(20);
    clock.nowUs = () => 2_505_000;
    expect(stats?.totalFrames).toBe(20);
    await microtasks();
    expect(stats?.totalFrames).toBe(30);
    await capture.close();
  });

  it("says how long sound is under way", async () => {
    const { audio, capture, clock } = await open();
    const reader = pcm(audio);
    const { stats } = audio;
    if (!(stats instanceof MediaStreamTrackAudioStats)) throw new Error("no stats");
    await clock.advance(500);
    expect(stats.toJSON()).toEqual({
      deliveredFrames: 24_000,
      deliveredFramesDuration: 500,
      totalFrames: 24_000,
      totalFramesDuration: 500,
      latency: 0,
      averageLatency: 0,
      minimumLatency: 0,
      maximumLatency: 0,
    });
    reader.destroy();
    await capture.close();
  });

  it("measures the latency anew after resetLatency()", async () => {
    const { audio, capture, clock } = await open();
    const { stats } = audio;
    if (!(stats instanceof MediaStreamTrackAudioStats)) throw new Error("no stats");
    expect(stats.latency).toBe(0);
    await microtasks();
    // The first of two pieces is 10 ms late, as both are told of at once.
    const startUs = clock.nowUs();
    clock.nowUs = () => startUs + 15_000;
    expect(stats.totalFramesDuration).toBeGreaterThan(0);
    expect(stats).toMatchObject({ latency: 0, averageLatency: 5, maximumLatency: 10 });
    stats.resetLatency();
    expect(stats).toMatchObject({ latency: 0, averageLatency: 0, maximumLatency: 0 });
    await capture.close();
  });

  it("is null where no device is captured", () => {
    const generator = new MediaStreamTrackGenerator("video");
    expect(generator.stats).toBeNull();
    generator.stop();
  });
});
