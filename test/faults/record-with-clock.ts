import { setTimeout as delay } from "node:timers/promises";
import { RecordingFile } from "../../src/web/recording-file.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

/**
 * Records synthetic devices into the file of its first argument; says when the first data is there.
 * The second argument is for how long, ms; without it, until it is killed.
 */
const [path = "", durationMs] = process.argv.slice(2);
const world = new SyntheticWorld();
const file = await RecordingFile.open(path);
const stream = await world.stream({ width: 320, height: 240 });
const recorder = file.record(stream);
// Headers alone are shorter.
while (file.bytes < 4_096) await delay(10);
process.send?.("recording");
if (durationMs !== undefined) {
  await delay(Number(durationMs));
  recorder.stop();
  await file.finished;
  await world.close();
  process.disconnect();
}
