// Reads the raw pictures that ffmpeg writes into a pipe. argv: file, bytes of a picture, pixel format,
// options of the input. Prints JSON.
import { spawn } from "node:child_process";

const [file, frameBytes, format = "yuv420p", ...options] = process.argv.slice(2);
const output = ["-an", "-f", "rawvideo", "-pix_fmt", format, "pipe:1"];
const args = ["-v", "error", ...options, "-i", file, ...output];
const ffmpeg = spawn("ffmpeg", args, { stdio: ["ignore", "pipe", "inherit"] });
const size = Number(frameBytes);
let picture = Buffer.allocUnsafe(size);
let filled = 0;
let frames = 0;
let firstMs;
let lastMs = 0;
for await (let chunk of ffmpeg.stdout) {
  while (chunk.length > 0) {
    const part = chunk.subarray(0, size - filled);
    picture.set(part, filled);
    filled += part.length;
    chunk = chunk.subarray(part.length);
    if (filled < size) continue;
    frames += 1;
    lastMs = performance.now();
    firstMs ??= lastMs;
    picture = Buffer.allocUnsafe(size);
    filled = 0;
  }
}
process.stdout.write(
  JSON.stringify({ frames, perSecond: ((frames - 1) * 1000) / (lastMs - firstMs) }),
);
