import { afterEach, describe, expect, it } from "vitest";

import { FrameLink } from "../../../../src/engine/track/frame-link.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { ProgramSource } from "../../../../src/engine/source/program-source.ts";
import { blackFrame } from "../../../../src/media/black-frame.ts";
import { expectNoOpenFrames } from "../../../support/open-frames.ts";

afterEach(expectNoOpenFrames);

function setUp() {
  const clock = new ManualClock();
  const source = new ProgramSource("video", "canvas", { clock, codecs: undefined });
  const push = (timestamp: number, width = 64, height = 36) =>
    source.push(blackFrame({ width, height, timestamp }));
  return { clock, source, push };
}

describe("a source that the program fills", () => {
  it("has tracks whose settings follow the size of what is pushed", () => {
    const { source, push } = setUp();
    const track = source.openTrack({ frameRate: 30 });
    push(0);
    expect(track.settings).toMatchObject({ width: 64, height: 36, frameRate: 30 });
    push(1, 10, 20);
    expect(track.settings).toMatchObject({ width: 10, height: 20 });
  });

  it("shows black in the last size while it is muted", async () => {
    const { clock, source, push } = setUp();
    const link = new FrameLink(source.openTrack({}), 10);
    push(0);
    source.setMuted(true);
    push(1);
    await clock.advance(100);
    expect(link.size).toBe(1 + 4);
    link.close();
    expect(clock.pending).toBe(0);
  });

  it("ends its tracks, and takes nothing after that", async () => {
    const { source, push } = setUp();
    const track = source.openTrack({});
    const link = new FrameLink(track, 2);
    source.end();
    push(0);
    expect([track.readyState, await link.read()]).toEqual(["ended", undefined]);
    expect(source.openTrack({}).readyState).toBe("ended");
  });
});

describe("a link", () => {
  it("drops the oldest frame when its reader is too slow, and closes it", async () => {
    const { source, push } = setUp();
    const link = new FrameLink(source.openTrack({}), 2);
    for (const timestamp of [0, 1, 2, 3]) push(timestamp);
    expect([link.size, link.dropped]).toEqual([2, 2]);
    const frame = await link.read();
    expect(frame?.timestamp).toBe(2);
    frame?.close();
    link.close();
  });

  it("hands a frame to a reader that waits, and lets it go when the link is closed", async () => {
    const { source, push } = setUp();
    const link = new FrameLink(source.openTrack({}), 2);
    const reading = link.read();
    push(7);
    const frame = await reading;
    expect(frame?.timestamp).toBe(7);
    frame?.close();
    const last = link.read();
    link.close();
    expect(await last).toBeUndefined();
  });

  it("still gives what it holds after the track's end", async () => {
    const { source, push } = setUp();
    const link = new FrameLink(source.openTrack({}), 2);
    push(1);
    source.end();
    const frame = await link.read();
    expect(frame?.timestamp).toBe(1);
    frame?.close();
    expect(await link.read()).toBeUndefined();
  });
});
