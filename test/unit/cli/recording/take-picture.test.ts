import { afterEach, expect, test } from "vitest";
import { takePicture } from "../../../../src/cli/recording/take-picture.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import { ProgramSource } from "../../../../src/engine/source/program-source.ts";
import { MediaStream } from "../../../../src/index.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { createRealm } from "../../../../src/web/create-realm.ts";
import { createTrack } from "../../../../src/web/track/create-track.ts";

const realm = createRealm();

afterEach(() => expect(openFrameCount()).toBe(0));

function camera() {
  const source = new ProgramSource("video", "Lab Cam", { clock: systemClock, codecs: undefined });
  const track = createTrack(realm, source.openTrack({ width: 4, height: 2, frameRate: 100 }));
  // What a muted source fills with has the shape of its last frame.
  source.push(white(0));
  return { source, track, stream: new MediaStream([track]) };
}

function white(timestamp: number): VideoFrame {
  const data = new Uint8Array(32).fill(255);
  return new VideoFrame(data, { format: "RGBA", codedWidth: 4, codedHeight: 2, timestamp });
}

test("A camera that gives nothing is an error that says so, and its black frames are no picture", async () => {
  const { source, stream, track } = camera();
  source.setMuted(true);
  await expect(takePicture(stream, "png", 500)).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringMatching(/^Lab Cam gives no picture: open its lid/),
  });
  track.stop();
});

test("A camera that is unmuted in time gives its own picture", async () => {
  const { source, stream, track } = camera();
  source.setMuted(true);
  const taking = takePicture(stream, "png");
  source.setMuted(false);
  const pushing = setInterval(() => source.push(white(performance.now() * 1000)), 10);
  const { height, width } = await taking;
  clearInterval(pushing);
  expect([width, height]).toEqual([4, 2]);
  track.stop();
});
