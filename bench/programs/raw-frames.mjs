// Reads every picture of a file device in JavaScript. argv: file, pacing. Prints JSON.
import { MediaStreamTrackProcessor } from "node-usermedia";
import { fileDevices } from "node-usermedia/backend";
import { world } from "./world.mjs";

const [file, pacing] = process.argv.slice(2);
const capture = world([fileDevices([file], { pacing })]);
const stream = await capture.mediaDevices.getUserMedia({ video: true });
const [track] = stream.getVideoTracks();
const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 8 });
const latencies = [];
let firstMs;
let lastMs = 0;
let bytes = 0;
for await (const frame of readable) {
  lastMs = performance.now();
  firstMs ??= lastMs;
  latencies.push(Number(process.hrtime.bigint() / 1000n) - frame.timestamp);
  bytes += frame.allocationSize();
  frame.close();
}
latencies.sort((one, other) => one - other);
const frames = latencies.length;
const result = {
  frames,
  bytes,
  perSecond: ((frames - 1) * 1000) / (lastMs - firstMs),
  latencyMs: latencies[frames >> 1] / 1000,
};
process.stdout.write(JSON.stringify(result));
await capture.close();
