import { makeClip } from "../clip.ts";
import type { Line, Row } from "../line.ts";
import { compare } from "../measure.ts";

/** Clones of one 1080p track, each read by a processor; a track alone is the peer. */
export const fanOut: Line = {
  name: "fan-out",
  async run({ folder, isQuick, runs }) {
    const seconds = isQuick ? 2 : 10;
    const clip = makeClip(folder, "1920x1080", seconds);
    const rows: Row[] = [];
    for (const tracks of [8, 64]) {
      const program = [process.execPath, "bench/programs/fan-out.mjs", clip];
      const costs = await compare(
        [...program, String(tracks), String(seconds)],
        [...program, "1", String(seconds)],
        runs,
      );
      rows.push({
        name: `fan-out: ${tracks} tracks of 1920x1080, ${seconds} s: CPU`,
        unit: "s",
        ours: costs.ours.cpuS,
        peer: costs.peer.cpuS,
        against: "one track",
        ...(tracks === 64 && { goal: { atMost: 1.2 } }),
      });
    }
    return rows;
  },
};
