import { expect, test } from "vitest";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { ProgramSource } from "../../../../src/engine/source/program-source.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { nextFrame } from "../../../../src/sinks/image-capture/next-frame.ts";

function white(timestamp: number): VideoFrame {
  const data = new Uint8Array(32).fill(255);
  return new VideoFrame(data, { format: "RGBA", codedWidth: 4, codedHeight: 2, timestamp });
}

test("the black frames of a muted track are no pictures: the next one of its source is", async () => {
  const clock = new ManualClock();
  const source = new ProgramSource("video", "test", { clock, codecs: undefined });
  const track = source.openTrack({ width: 4, height: 2, frameRate: 30 });
  // What a muted source fills with has the shape of its last frame.
  source.push(white(1));
  const picture = nextFrame(track, clock);
  source.setMuted(true);
  await clock.advance(200);
  source.setMuted(false);
  source.push(white(7));
  const frame = await picture;
  expect(frame?.timestamp).toBe(7);
  frame?.close();
});
