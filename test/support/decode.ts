import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FrameMark } from "../../src/backends/synthetic/frame-code.ts";
import { readFrameMark } from "./read-frame-mark.ts";

const run = promisify(execFile);
const options = { encoding: "buffer", maxBuffer: 1 << 30 } as const;

/** A picture of a recording. */
export interface DecodedMark {
  /** Undefined where it can't be read. */
  readonly mark: FrameMark | undefined;
  readonly timeS: number;
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The marks of every picture of a recording of the synthetic camera, with their times in s. */
export async function decodeMarks(file: string, size: PictureSize): Promise<DecodedMark[]> {
  const pictures = await decodeGrey(file, size);
  return pictures.map(({ data, timeS }) => ({ mark: readFrameMark({ data, ...size }), timeS }));
}

/** How bright every picture of a recording is, 0 to 255, with their times in s. */
export async function decodeBrightness(
  file: string,
  size: PictureSize,
): Promise<{ brightness: number; timeS: number }[]> {
  const pictures = await decodeGrey(file, size);
  return pictures.map(({ data, timeS }) => ({
    brightness: data.reduce((sum, value) => sum + value, 0) / data.length,
    timeS,
  }));
}

async function decodeGrey(file: string, { width, height }: PictureSize) {
  const decode = ["-v", "error", "-i", file, "-fps_mode", "passthrough", "-an"];
  const raw = [..."-pix_fmt gray -f rawvideo pipe:1".split(" ")];
  const { stdout } = await run("ffmpeg", [...decode, ...raw], options);
  const times = await frameTimes(file);
  return times.map((timeS, index) => {
    const start = index * width * height;
    return { data: stdout.subarray(start, start + width * height), timeS };
  });
}

async function frameTimes(file: string): Promise<number[]> {
  const args = "-v error -select_streams v:0 -show_entries frame=pts_time -of csv=p=0".split(" ");
  const { stdout } = await run("ffprobe", [...args, file], options);
  return stdout
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Number.parseFloat(line));
}

/**
 * The sound at 48 kHz, mono, from 0 s on: holes in it are silence, or its samples are put end to end
 * as players do, whatever their timestamps say.
 */
export async function decodeSound(
  file: string,
  { isEndToEnd = false } = {},
): Promise<Float32Array> {
  const filter = isEndToEnd ? "anull" : "aresample=async=1:min_hard_comp=0.01:first_pts=0";
  const args = `-v error -i ${file} -vn -af ${filter} -ac 1 -ar 48000 -f f32le pipe:1`;
  const { stdout } = await run("ffmpeg", args.split(" "), options);
  return new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  );
}

/**
 * The moments, in s, at which the synthetic camera's flashes begin. Where the picture before is
 * missing, the flash may have begun with one that is missing too.
 */
export function flashStarts(marks: readonly DecodedMark[]): number[] {
  return marks.flatMap(({ mark, timeS }, index) => {
    const before = marks[index - 1]?.mark;
    const begins = mark?.flash === true && before?.flash === false;
    return begins && mark.number === before.number + 1 ? [timeS] : [];
  });
}

/** The moments, in s, at which the synthetic microphone's beeps begin, after 20 ms of quiet. */
export function beepStarts(samples: Float32Array): number[] {
  const starts: number[] = [];
  let quietSince = 0;
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.1) continue;
    if (index - quietSince > 960) starts.push(index / 48_000);
    quietSince = index;
  }
  return starts;
}
