import { once } from "node:events";
import { RecordingFile } from "../../src/readers/recording-file.ts";
import { SyntheticWorld } from "./synthetic-world.ts";

/** A program that records synthetic devices into the file of its first argument, and never stops. */
const file = await RecordingFile.open(process.argv[2] ?? "");
const stream = await new SyntheticWorld().stream({ width: 320, height: 240 });
const recorder = file.record(stream);
await once(recorder, "start");
process.send?.("recording");
