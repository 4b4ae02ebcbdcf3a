import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

import { mediaStreamTrackBrand } from "../../src/web/track/media-stream-track-slots.ts";
import { RecordingFile } from "../../src/readers/recording-file.ts";
import { decodeMarks } from "../support/decode.ts";
import { missingCommands } from "../support/sound-server.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let world: SyntheticWorld;
beforeEach(() => {
  world = new SyntheticWorld();
});
afterEach(() => world.close());

test("A recording goes on when the track's size changes, in the size it began with", async (context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
  const size = { width: 640, height: 480 };
  const stream = await world.stream(size);
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no track");
  const path = join(temporaryFolder(), "change.webm");
  const file = await RecordingFile.open(path);
  const recorder = file.record(stream);
  await once(recorder, "start");
  await pause(1_500);
  const smaller = { width: 320, height: 240, frameRate: 30 };
  await mediaStreamTrackBrand.slotsOf(track).track.applySettings(smaller);
  expect(track.getSettings()).toMatchObject({ width: 320, height: 240 });
  await pause(1_500);
  recorder.stop();
  await file.finished;

  // Every picture is decoded in the first size, and none is missing between them for long.
  const pictures = await decodeMarks(path, size);
  const times = pictures.map(({ timeS }) => timeS);
  expect(times.at(-1)).toBeGreaterThan(2.2);
  for (const [index, timeS] of times.slice(1).entries()) {
    expect(timeS - (times[index] ?? 0)).toBeGreaterThan(0);
    expect(timeS - (times[index] ?? 0)).toBeLessThan(1);
  }
});
