import { execFileSync } from "node:child_process";
import { join } from "node:path";

export interface MediaFileOptions {
  readonly name?: string;
  readonly seconds?: number;
  readonly size?: string;
  readonly frameRate?: number;
  readonly tracks?: "video" | "audio" | "both";
}

/** Makes a media file with ffmpeg: a moving test picture and a tone of 440 Hz. Returns its path. */
export function makeMediaFile(folder: string, options: MediaFileOptions = {}): string {
  const { name = "clip.mp4", seconds = 2, size = "320x240" } = options;
  const { frameRate = 30, tracks = "both" } = options;
  const picture = `testsrc2=size=${size}:rate=${frameRate}:duration=${seconds}`;
  const tone = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  const path = join(folder, name);
  const video = ["-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p"];
  const audio = ["-f", "lavfi", "-i", tone];
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y"],
    ...(tracks === "audio" ? [] : video.slice(0, 4)),
    ...(tracks === "video" ? [] : audio),
    ...(tracks === "audio" ? [] : video.slice(4)),
    path,
  ]);
  return path;
}
