import { makeClip } from "../clip.ts";
import type { Line, Row } from "../line.ts";
import { measure, median } from "../measure.ts";

interface Result {
  readonly frames: number;
  readonly perSecond: number;
  readonly latencyMs?: number;
}

/** Raw pictures of a file device in a callback; the same by a Node program that reads `ffmpeg`. */
export const rawFrames: Line = {
  name: "raw frames",
  async run({ folder, isQuick, runs }) {
    const rows: Row[] = [];
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      const seconds = isQuick ? 2 : 10;
      const clip = makeClip(folder, `${width}x${height}`, seconds);
      const ours = ["bench/programs/raw-frames.mjs", clip];
      const peer = ["bench/programs/raw-pipe.mjs", clip, String((width * height * 3) / 2)];
      const fast: { ours: Result; oursCpuS: number; peer: Result; peerCpuS: number }[] = [];
      for (let run = 0; run < runs; run++) {
        const one = await runProgram([...ours, "asFastAsPossible"], seconds * 30);
        const other = await runProgram(peer, seconds * 30);
        fast.push({
          ours: one.result,
          oursCpuS: one.cpuS,
          peer: other.result,
          peerCpuS: other.cpuS,
        });
      }
      const name = `raw frames ${width}x${height}`;
      const against = "ffmpeg -f rawvideo in a pipe to Node";
      rows.push(
        {
          name: `${name}: at full speed`,
          unit: "/s",
          ours: median(fast.map((run) => run.ours.perSecond)),
          peer: median(fast.map((run) => run.peer.perSecond)),
          against,
          goal: { atLeast: 1.1 },
        },
        {
          name: `${name}: CPU`,
          unit: "s",
          ours: median(fast.map((run) => run.oursCpuS)),
          peer: median(fast.map((run) => run.peerCpuS)),
          against,
        },
      );
      const { result } = await runProgram([...ours, "real-time"], 1);
      rows.push({
        name: `${name}: due moment to callback`,
        unit: "ms",
        ours: result.latencyMs ?? NaN,
        peer: 1000 / 30,
        against: "one frame's time",
      });
    }
    return rows;
  },
};

async function runProgram(program: readonly string[], least: number) {
  const { cpuS, stdout } = await measure([process.execPath, ...program]);
  const result = JSON.parse(stdout) as Result;
  if (result.frames < least) throw new Error(`${program[0]} read ${result.frames} of ${least}`);
  return { cpuS, result };
}
