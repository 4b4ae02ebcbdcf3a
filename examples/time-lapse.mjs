// One picture each second, played 25 times as fast:
// node examples/time-lapse.mjs [file] [number of pictures] [ms between them]
import {
  MediaStream,
  MediaStreamTrackProcessor,
  navigator,
  RecordingFile,
  VideoFrame,
  VideoTrackGenerator,
} from "node-usermedia";

const [path = "time-lapse.mp4", count = "250", everyMs = "1000"] = process.argv.slice(2);
const frameRate = 25;

const file = await RecordingFile.open(path);
const stream = await navigator.mediaDevices.getUserMedia({ video: true });
const [camera] = stream.getVideoTracks();
const generator = new VideoTrackGenerator();
const recorder = file.record(new MediaStream([generator.track]));
await new Promise((resolve) => recorder.addEventListener("start", resolve, { once: true }));

const writer = generator.writable.getWriter();
let taken = 0;
let nextUs = 0;
for await (const frame of new MediaStreamTrackProcessor({ track: camera }).readable) {
  if (frame.timestamp >= nextUs) {
    nextUs = Math.max(nextUs, frame.timestamp) + Number(everyMs) * 1000;
    // The time that it is shown at, not the time at which it was taken.
    await writer.write(new VideoFrame(frame, { timestamp: (taken * 1e6) / frameRate }));
    taken += 1;
  }
  frame.close();
  if (taken >= Number(count)) break;
}
camera.stop();
recorder.stop();
await file.finished;
console.log(`${path}: ${taken} pictures`);
