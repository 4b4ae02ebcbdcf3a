import { join } from "node:path";
import { makeClip } from "../clip.ts";
import type { Line, Row } from "../line.ts";
import { compare, measure } from "../measure.ts";

/** What the recorder sets up libvpx and libopus with, in `ffmpeg`'s words. */
const ENCODERS =
  "-c:v libvpx -deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0 -threads 1 " +
  "-b:v 2500k -g 60 -c:a libopus -b:a 64k";

const PACES = [
  { pacing: "asFastAsPossible", seconds: 30 },
  { pacing: "real-time", seconds: 15 },
] as const;

/** A file's picture and sound, as devices, recorded to WebM; the same by `ffmpeg`. */
export const recording: Line = {
  name: "recording",
  async run({ folder, isQuick, runs }) {
    const rows: Row[] = [];
    const bareNode = await measure([process.execPath, "-e", "setTimeout(() => {}, 500)"]);
    for (const size of ["1280x720", "1920x1080"]) {
      for (const { pacing, seconds } of PACES) {
        const clip = makeClip(folder, size, isQuick ? 2 : seconds);
        const program = ["bench/programs/record.mjs", clip, join(folder, "ours.webm"), pacing];
        const pace = pacing === "real-time" ? ["-re"] : [];
        const input = ["-v", "error", "-y", ...pace, "-i", clip];
        const peer = ["ffmpeg", ...input, ...ENCODERS.split(" "), join(folder, "peer.webm")];
        const costs = await compare([process.execPath, ...program], peer, runs);
        const name = `record ${seconds} s of ${size} to VP8 + Opus, ${pacing}`;
        const memoryLimitMb = 1.5 * costs.peer.memoryMb + bareNode.memoryMb;
        rows.push(
          {
            name: `${name}: CPU`,
            unit: "s",
            ours: costs.ours.cpuS,
            peer: costs.peer.cpuS,
            against: "ffmpeg",
            goal: { atMost: 1.1 },
          },
          {
            name: `${name}: memory`,
            unit: "MB",
            ours: costs.ours.memoryMb,
            peer: costs.peer.memoryMb,
            against: "ffmpeg",
            // 1.5 times the peer's, and a bare Node.
            goal: { atMost: memoryLimitMb / costs.peer.memoryMb },
          },
        );
      }
    }
    return rows;
  },
};
