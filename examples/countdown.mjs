// A countdown with a beep each second, drawn and computed here, as a file:
// node examples/countdown.mjs [file] [seconds]
import { createCanvas } from "@napi-rs/canvas";
import {
  AudioData,
  MediaStream,
  MediaStreamTrackGenerator,
  RecordingFile,
  VideoFrame,
} from "node-usermedia";

const [path = "countdown.webm", seconds = "10"] = process.argv.slice(2);
const frameRate = 25;
const sampleRate = 48_000;

const canvas = createCanvas(320, 240);
const context = canvas.getContext("2d");
const picture = new MediaStreamTrackGenerator({ kind: "video" });
const sound = new MediaStreamTrackGenerator({ kind: "audio" });
const pictures = picture.writable.getWriter();
const sounds = sound.writable.getWriter();

const file = await RecordingFile.open(path);
const recorder = file.record(new MediaStream([picture, sound]));
await new Promise((resolve) => recorder.addEventListener("start", resolve, { once: true }));

const startUs = performance.now() * 1000;
for (let index = 0; index < Number(seconds) * frameRate; index += 1) {
  const timestamp = startUs + (index * 1e6) / frameRate;
  await new Promise((resolve) => setTimeout(resolve, timestamp / 1000 - performance.now()));
  context.fillStyle = "black";
  context.fillRect(0, 0, 320, 240);
  context.fillStyle = "hsl(200 80% 60%)";
  context.fillRect(0, 220, 320 * ((index % frameRate) / frameRate), 20);
  context.font = "160px sans-serif";
  context.fillText(String(Number(seconds) - Math.floor(index / frameRate)), 60, 180);
  await pictures.write(new VideoFrame(canvas, { timestamp }));
  await sounds.write(beep(timestamp, index % frameRate < 3));
}
recorder.stop();
await file.finished;
console.log(`${path}: ${file.bytes} bytes`);

/** As long as a picture is shown. */
function beep(timestamp, isOn) {
  const numberOfFrames = sampleRate / frameRate;
  const data = Float32Array.from({ length: numberOfFrames }, (_, index) =>
    isOn ? 0.3 * Math.sin((2 * Math.PI * 440 * index) / sampleRate) : 0,
  );
  const shape = { format: "f32", sampleRate, numberOfFrames, numberOfChannels: 1 };
  return new AudioData({ ...shape, timestamp, data });
}
