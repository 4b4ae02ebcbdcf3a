import { makeClip } from "../clip.ts";
import type { Line, Row } from "../line.ts";
import { measure, median } from "../measure.ts";

const FORMATS = ["rgb24", "bgr24", "rgba", "gray8", "nv12", "i420"] as const;
/** CPU of the program's own process for each picture. */
const GOAL_MS = 1.5;

interface Result {
  readonly frames: number;
  readonly cpuMs: number;
}

/** `frames()`: what a picture costs the program, and all processes beside `ffmpeg` in a pipe. */
export const pixels: Line = {
  name: "frames()",
  async run({ folder, isQuick, runs }) {
    const seconds = isQuick ? 2 : 10;
    const rows: Row[] = [];
    const small = makeClip(folder, "1280x720", seconds);
    for (const format of FORMATS) {
      const results: Result[] = [];
      for (let run = 0; run < runs; run++) results.push(await read(small, "real-time", format));
      rows.push({
        name: `frames() 1280x720 ${format}: CPU of the program for a picture`,
        unit: "ms",
        ours: median(results.map(({ cpuMs }) => cpuMs)),
        peer: GOAL_MS,
        against: "the goal",
        goal: { atMost: 1 },
      });
    }
    const large = makeClip(folder, "1920x1080", seconds);
    const [ours, peer]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      ours.push((await read(large, "real-time", "rgb24")).allCpuS);
      const program = [
        "bench/programs/raw-pipe.mjs",
        large,
        String(1920 * 1080 * 3),
        "rgb24",
        "-re",
      ];
      peer.push((await measure([process.execPath, ...program])).cpuS);
    }
    rows.push({
      name: `frames() 1920x1080 rgb24 at 30/s: CPU of ${seconds} s`,
      unit: "s",
      ours: median(ours),
      peer: median(peer),
      against: "ffmpeg -re -f rawvideo -pix_fmt rgb24 in a pipe to Node",
      goal: { atMost: 1.1 },
    });
    return rows;
  },
};

async function read(clip: string, pacing: string, format: string) {
  const program = ["bench/programs/read-pixels.mjs", clip, pacing, format];
  const { cpuS, stdout } = await measure([process.execPath, ...program]);
  return { ...(JSON.parse(stdout) as Result), allCpuS: cpuS };
}
