/** What a frame costs in the program: `node bench/hot-paths.ts`. Medians of CPU ms a frame. */
import { TestPicture } from "../dist/backends/synthetic/test-picture.js";
import { PictureScaler } from "../dist/media/pixels/picture-scaler.js";
import { Resampler } from "../dist/media/samples/resampler.js";
import { pictureOf, type VideoFrame } from "../dist/media/video-frame.js";

const HD = { x: 0, y: 0, width: 1280, height: 720 };
const ROUNDS = 15;

async function measure(name: string, repeat: number, work: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let index = 0; index < repeat; index++) await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000 / repeat);
  }
  const [median = 0] = times.toSorted((one, other) => one - other).slice(ROUNDS / 2);
  console.log(`${name.padEnd(48)} ${median.toFixed(4)} ms`);
}

let number = 0;
const picture = new TestPicture(HD.width, HD.height, 0);
function draw(): VideoFrame {
  number += 1;
  const timestamp = number * 33_333;
  return picture.draw({
    number,
    flash: number % 30 < 3,
    timestamp,
    duration: 33_333,
    wallMs: number,
  });
}

await measure("draw a synthetic picture of 720p", 100, () => draw().close());
const frame = draw();
const source = pictureOf(frame);
await measure("clone and close a frame", 10_000, () => frame.clone().close());
const rgba = new Uint8Array(HD.width * HD.height * 4);
await measure("copy 720p I420 to RGBA", 10, () => frame.copyTo(rgba, { format: "RGBA" }));
await measure("copy 720p I420 as it is", 50, () => frame.copyTo(rgba));
for (const [width, height] of [
  [640, 360],
  [640, 480],
  [320, 180],
  [224, 224],
  [1920, 1080],
] as const) {
  const scaler = new PictureScaler("I420", HD, { width, height });
  await measure(`scale 720p to ${width}x${height}`, 10, () => scaler.scale(source));
}
for (const [from, to] of [
  [48_000, 16_000],
  [44_100, 48_000],
] as const) {
  const resampler = new Resampler(from, to);
  const piece = new Float32Array(from / 100).fill(0.1);
  await measure(`resample 10 ms of ${from} to ${to} Hz`, 100, () => resampler.process(piece));
}
frame.close();
