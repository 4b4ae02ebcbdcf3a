import { execFileSync } from "node:child_process";
import type { VideoFrame } from "../../src/media/video-frame.ts";

/** Red, green and blue of a picture at a place in px. */
export async function pixelOf(frame: VideoFrame, x: number, y: number): Promise<number[]> {
  const pixels = new Uint8Array(frame.allocationSize({ format: "RGBX" }));
  await frame.copyTo(pixels, { format: "RGBX" });
  const at = (y * frame.codedWidth + x) * 4;
  return [...pixels.subarray(at, at + 3)];
}

/** The colour that ffmpeg finds at the upper left of a file's first picture. */
export function cornerOf(file: string): number[] {
  const output = [
    "-frames:v",
    "1",
    "-vf",
    "crop=8:8:8:8,scale=1:1:flags=area",
    "-pix_fmt",
    "rgb24",
  ];
  const words = ["-v", "error", "-i", file, ...output, "-f", "rawvideo", "-"];
  return [...execFileSync("ffmpeg", words)];
}
