import { afterEach, describe, expect, it } from "vitest";

import type { DeviceConfiguration } from "../../../../src/contract/device.ts";
import { SyntheticBackend } from "../../../../src/backends/synthetic/index.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { AudioData } from "../../../../src/media/audio-data.ts";
import { planarF32 } from "../../../../src/media/samples/audio-converter.ts";
import { PictureScaler } from "../../../../src/media/pixels/picture-scaler.ts";
import { pictureOf, VideoFrame } from "../../../../src/media/video-frame.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";
import { readFrameMark } from "../../../support/read-frame-mark.ts";

afterEach(expectNoOpenFrames);

const video = (width: number, height: number, frameRate: number): DeviceConfiguration => ({
  kind: "video",
  mode: { width, height, frameRate, pixelFormat: "I420" },
});

const audio = (sampleRate: number, channelCount: number): DeviceConfiguration => ({
  kind: "audio",
  mode: { sampleRate, channelCount, sampleSize: 16, latency: { min: 0.01, max: 0.01 } },
});

/** Runs a device for a while and hands over each frame. */
async function run(
  hardwareId: string,
  configuration: DeviceConfiguration,
  {
    ms,
    seed = 0,
    startUs = 1_234_567,
    each,
  }: {
    readonly ms: number;
    readonly seed?: number;
    readonly startUs?: number;
    readonly each: (frame: VideoFrame | AudioData) => void;
  },
): Promise<void> {
  const clock = new ManualClock({ startUs });
  const session = await new SyntheticBackend({ clock, seed }).open(hardwareId, configuration);
  session.start({
    frame: (frame) => {
      each(frame);
      frame.close();
    },
    muted: () => undefined,
    ended: () => undefined,
  });
  session.wantFrames(true);
  await clock.advance(ms);
  await session.close();
  expect(clock.pending).toBe(0);
}

function markOf(frame: VideoFrame | AudioData) {
  if (!(frame instanceof VideoFrame)) throw new Error("Expected a picture.");
  return readFrameMark(pictureOf(frame));
}

describe("the synthetic camera", () => {
  it.each([
    [96, 96],
    [320, 240],
    [640, 480],
    [1280, 720],
    [1920, 1080],
  ])("numbers its frames without a gap at %dx%d", async (width, height) => {
    const numbers: (number | undefined)[] = [];
    const each = (frame: VideoFrame | AudioData) => numbers.push(markOf(frame)?.number);
    await run("camera-1", video(width, height, 30), { ms: 1000, each });
    expect(numbers).toEqual(Array.from({ length: 30 }, (_item, index) => index));
  });

  it("keeps its schedule for ten minutes without drift", async () => {
    const times: number[] = [];
    await run("camera-1", video(96, 96, 5), {
      ms: 600_000,
      startUs: 1_000_000,
      each: ({ timestamp }) => times.push(timestamp),
    });
    expect(times.length).toBe(600 * 5 + 1);
    expect(times.at(-1)).toBe(601_000_000);
  });

  it("shows the flash for a tenth of each second, and says so in its code", async () => {
    const flashes: number[] = [];
    const each = (frame: VideoFrame | AudioData) => {
      if (markOf(frame)?.flash === true) flashes.push(frame.timestamp);
    };
    await run("camera-1", video(320, 240, 30), { ms: 2000, startUs: 900_000, each });
    expect(flashes.map((time) => Math.floor(time / 1e6))).toEqual([1, 1, 1, 2, 2, 2]);
    expect(flashes[0]).toBe(1_000_000);
  });

  it("draws the same bytes for the same seed, others for another", async () => {
    const draw = async (seed: number): Promise<string[]> => {
      const pictures: string[] = [];
      const each = (frame: VideoFrame | AudioData) => {
        if (frame instanceof VideoFrame) {
          pictures.push(Buffer.from(pictureOf(frame).data).toString("base64"));
        }
      };
      await run("camera-1", video(96, 96, 10), { ms: 500, seed, each });
      return pictures;
    };
    const first = await draw(1);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
  });

  it.each([
    [320, 180],
    [320, 240],
    [202, 360],
    [160, 90],
  ])("can be read after crop-and-scale from 720p to %dx%d", async (width, height) => {
    const source = { width: 1280, height: 720 };
    const scaler = new PictureScaler("I420", { x: 0, y: 0, ...source }, { width, height });
    const numbers: (number | undefined)[] = [];
    const each = (frame: VideoFrame | AudioData) => {
      if (!(frame instanceof VideoFrame)) return;
      numbers.push(readFrameMark(scaler.scale(pictureOf(frame)), source)?.number);
    };
    await run("camera-2", video(1280, 720, 10), { ms: 1000, each });
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("says that frames are missing when the program stood still", async () => {
    const numbers: (number | undefined)[] = [];
    const clock = new ManualClock();
    let lateUs = 0;
    const backend = new SyntheticBackend({
      clock: {
        nowUs: () => clock.nowUs() + lateUs,
        wallMs: () => clock.wallMs(),
        setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
      },
    });
    const session = await backend.open("camera-1", video(96, 96, 10));
    session.start({
      frame: (frame) => {
        numbers.push(markOf(frame)?.number);
        frame.close();
      },
      muted: () => undefined,
      ended: () => undefined,
    });
    session.wantFrames(true);
    await clock.advance(100);
    lateUs = 5_000_000;
    await clock.advance(100);
    await session.close();
    expect(numbers).toEqual([0, 1, 52]);
  });
});

describe("the synthetic microphone", () => {
  it.each([
    [48_000, 2],
    [44_100, 1],
    [16_000, 1],
  ])("beeps with each whole second, to the sample, at %d Hz", async (sampleRate, channels) => {
    const onsets: number[] = [];
    let expected: number | undefined;
    let wasSilent = true;
    await run("microphone-1", audio(sampleRate, channels), {
      ms: 2500,
      each: (data) => {
        if (!(data instanceof AudioData)) return;
        expect(data.timestamp).toBe(expected ?? data.timestamp);
        expected = data.timestamp + data.duration;
        const [samples = new Float32Array()] = planarF32(data);
        const isSilent = samples.every((sample) => sample === 0);
        const onset = samples.findIndex((sample) => sample !== 0);
        if (wasSilent && !isSilent) onsets.push(data.timestamp + (onset * 1e6) / sampleRate);
        wasSilent = isSilent;
      },
    });
    expect(onsets).toEqual([2_000_000, 3_000_000]);
  });
});
