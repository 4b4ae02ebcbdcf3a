import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../src/engine/index.ts";
import { pictureOf, VideoFrame } from "../../src/media/video-frame.ts";
import { mediaStreamTrackBrand } from "../../src/web/media-stream-track-slots.ts";
import { RecordingFile } from "../../src/web/recording-file.ts";
import { readFrameMark } from "../support/read-frame-mark.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

/** What this program tells who started it. */
export type Told =
  /** The first picture that it captured: the number in it, and when, on the machine's clock. */
  | { readonly type: "capturing"; readonly number: number; readonly atUs: number }
  /** The encoders are at work, at this moment of the same clock. */
  | { readonly type: "started"; readonly atUs: number }
  /** The first data is in the file. */
  | { readonly type: "written" };

/**
 * Records synthetic devices into the file of its first argument. The second argument is for how
 * long after the first data, ms; without it, until it is killed.
 */
const [path = "", durationMs] = process.argv.slice(2);
const tell = (told: Told): void => void process.send?.(told);
const world = new SyntheticWorld();
const file = await RecordingFile.open(path);
const stream = await world.stream({ width: 320, height: 240 });
tellFirstPicture();
const recorder = file.record(stream);
recorder.addEventListener("start", () => tell({ type: "started", atUs: systemClock.nowUs() }));
// Headers alone are shorter.
while (file.bytes < 4_096) await delay(10);
tell({ type: "written" });
if (durationMs !== undefined) {
  await delay(Number(durationMs));
  recorder.stop();
  await file.finished;
  await world.close();
  process.disconnect();
}

/** By a track of its own: the recording's has nothing to do with it. */
function tellFirstPicture(): void {
  const track = mediaStreamTrackBrand.slotsOf(stream.getVideoTracks()[0]).track.clone();
  track.connect({
    frame(frame) {
      if (track.readyState === "live" && frame instanceof VideoFrame) {
        const { data } = pictureOf(frame);
        const mark = readFrameMark({ data, width: frame.codedWidth, height: frame.codedHeight });
        tell({ type: "capturing", number: mark?.number ?? Number.NaN, atUs: frame.timestamp });
      }
      frame.close();
      track.stop();
    },
  });
}
