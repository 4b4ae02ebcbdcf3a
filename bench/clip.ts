import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Makes a clip of a test picture and a tone that costs little to decode. Returns its path. */
export function makeClip(folder: string, size: string, seconds: number): string {
  const path = join(folder, `${size}-${seconds}.mkv`);
  if (existsSync(path)) return path;
  const picture = `testsrc2=size=${size}:rate=30:duration=${seconds}`;
  const tone = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone];
  const video = "-c:v libx264 -preset ultrafast -tune fastdecode -pix_fmt yuv420p".split(" ");
  const run = ["-v", "error", "-y", ...inputs, ...video, "-c:a", "pcm_s16le", path];
  execFileSync("ffmpeg", run);
  return path;
}
