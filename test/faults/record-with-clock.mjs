// Records synthetic devices into the file of its first argument. The second argument is for how
// long after the first data, ms; without it, until it is killed. Tells who started it
//   { type: "capturing", luma, atUs }  the first picture that it captured, and when
//   { type: "started", atUs }          the encoders are at work
//   { type: "written" }                the first data is in the file
// with the times on the machine's monotonic clock.
import { setTimeout as delay } from "node:timers/promises";
import { createMediaCapture, syntheticDevices } from "../../dist/backend.js";
import { MediaStreamTrackProcessor, RecordingFile } from "../../dist/index.js";
import { createPermissionBroker } from "../../dist/permission/index.js";

const [, , path = "", durationMs] = process.argv;
const permission = createPermissionBroker({ environment: {} });
const capture = createMediaCapture({ backends: [syntheticDevices()], permission });
const file = await RecordingFile.open(path);
const stream = await capture.mediaDevices.getUserMedia({
  audio: true,
  video: { width: 320, height: 240, frameRate: 30 },
});
const told = tellFirstPicture();
const recorder = file.record(stream);
recorder.addEventListener("start", async () => {
  const atUs = Number(process.hrtime.bigint() / 1000n);
  await told;
  process.send({ type: "started", atUs });
});
// Headers alone are shorter.
while (file.bytes < 4_096) await delay(10);
process.send({ type: "written" });
if (durationMs !== undefined) {
  await delay(Number(durationMs));
  recorder.stop();
  await file.finished;
  await capture.close();
  process.disconnect();
}

/** By a track of its own: the recording's has nothing to do with it. */
async function tellFirstPicture() {
  const track = stream.getVideoTracks()[0].clone();
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const { value: frame } = await reader.read();
  const bytes = Buffer.alloc(frame.allocationSize());
  await frame.copyTo(bytes);
  const luma = bytes.subarray(0, frame.codedWidth * frame.codedHeight).toString("base64");
  process.send({ type: "capturing", luma, atUs: frame.timestamp });
  frame.close();
  track.stop();
}
