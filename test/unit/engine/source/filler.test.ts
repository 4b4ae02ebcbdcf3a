import { afterEach, describe, expect, it } from "vitest";

import { Filler, type FillerShape } from "../../../../src/engine/source/filler.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import type { AudioData } from "../../../../src/media/audio-data.ts";
import { blackFrame } from "../../../../src/media/black-frame.ts";
import { silence } from "../../../../src/media/silence.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";

afterEach(expectNoOpenFrames);

const SOUND: FillerShape = { kind: "audio", sampleRate: 48_000, channelCount: 1 };
const PICTURES: FillerShape = { kind: "video", width: 64, height: 36, frameRate: 25 };

/** A filler and what it gave: when it begins, and how many samples of sound there are. */
function setUp() {
  const clock = new ManualClock();
  const given: { readonly timestamp: number; readonly samples: number }[] = [];
  const filler = new Filler(clock, (frame) => {
    const samples = frame instanceof VideoFrame ? 0 : frame.numberOfFrames;
    given.push({ timestamp: frame.timestamp, samples });
    frame.close();
  });
  return { clock, filler, given };
}

/** Follows a frame and closes it. */
function follow(filler: Filler, frame: VideoFrame | AudioData): boolean {
  const isTaken = filler.follow(frame);
  frame.close();
  return isTaken;
}

/** 10 ms of sound. */
const sound = (timestamp: number): AudioData =>
  silence({ sampleRate: 48_000, numberOfFrames: 480, numberOfChannels: 1, timestamp });

describe("the filler of a muted source", () => {
  it("gives every sample between the last sound and the next, and none twice", async () => {
    const { clock, filler, given } = setUp();
    const firstUs = clock.nowUs();
    await clock.advance(10);
    follow(filler, sound(firstUs));
    // It takes the source a while to notice.
    await clock.advance(1_000);
    filler.start(SOUND);
    await clock.advance(777);
    filler.stop();
    await clock.advance(15);
    const nextUs = clock.nowUs() - 10_000;
    expect(follow(filler, sound(nextUs))).toBe(true);
    let expectedUs = firstUs + 10_000;
    for (const { timestamp, samples } of given) {
      expect(Math.abs(timestamp - expectedUs)).toBeLessThanOrEqual(1);
      expectedUs += (samples * 1e6) / 48_000;
    }
    expect(Math.abs(nextUs - expectedUs)).toBeLessThan(1e6 / 48_000);
    await clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });

  it("refuses sound that comes when silence stands in its place", async () => {
    const { clock, filler, given } = setUp();
    const firstUs = clock.nowUs();
    follow(filler, sound(firstUs));
    filler.start(SOUND);
    await clock.advance(2_000);
    filler.stop();
    const { length } = given;
    expect(follow(filler, sound(firstUs + 10_000))).toBe(false);
    expect(given).toHaveLength(length);
    expect(follow(filler, sound(clock.nowUs()))).toBe(true);
    expect(given).toHaveLength(length + 1);
    filler.reset();
  });

  it("shows black in the time that the source's own pictures count", async () => {
    const { clock, filler, given } = setUp();
    follow(filler, blackFrame({ width: 64, height: 36, timestamp: 5 }));
    await clock.advance(40);
    filler.start(PICTURES);
    await clock.advance(100);
    filler.stop();
    expect(given.map(({ timestamp }) => timestamp)).toEqual([40_005, 80_005, 120_005]);
  });

  it("makes up for nothing where nobody listened", async () => {
    const { clock, filler, given } = setUp();
    follow(filler, sound(clock.nowUs()));
    filler.reset();
    await clock.advance(5_000);
    filler.start(SOUND);
    await clock.advance(100);
    expect(given.reduce((sum, { samples }) => sum + samples, 0)).toBe(6 * 960);
    filler.reset();
    follow(filler, sound(clock.nowUs()));
    expect(given).toHaveLength(6);
  });
});
