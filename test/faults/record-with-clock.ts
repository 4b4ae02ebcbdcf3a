import { RecordingFile } from "../../src/web/recording-file.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

/** Records synthetic devices into the file of its first argument; says when the first data is there. */
const file = await RecordingFile.open(process.argv[2] ?? "");
const stream = await new SyntheticWorld().stream({ width: 320, height: 240 });
file.record(stream);
const watch = setInterval(() => {
  if (file.bytes === 0) return;
  clearInterval(watch);
  process.send?.("recording");
}, 10);
