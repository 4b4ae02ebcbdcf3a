import { join } from "node:path";
import { beepStarts, decodeMarks, decodeSound, flashStarts } from "../../test/support/decode.ts";
import type { Line } from "../line.ts";
import { measure } from "../measure.ts";

/** Far enough apart for a person to notice, in ms. */
const NOTICEABLE_MS = 40;

/** What a recording of the synthetic devices says of itself: lost pictures, sound against picture. */
export const sync: Line = {
  name: "sync",
  async run({ folder, isQuick }) {
    const seconds = isQuick ? 3 : 10;
    const file = join(folder, "sync.webm");
    const devices = ["--video", "synthetic,1280x720@30", "--audio", "synthetic"];
    const record = ["dist/entries/cli.js", "record", ...devices, "--duration", `${seconds}s`, file];
    await measure([process.execPath, ...record]);

    const marks = await decodeMarks(file, { width: 1280, height: 720 });
    const numbers = marks.map(({ mark }) => mark?.number ?? Number.NaN);
    const beeps = beepStarts(await decodeSound(file));
    const offsets = flashStarts(marks).map((flash) =>
      Math.min(...beeps.map((beep) => Math.abs(beep - flash) * 1000)),
    );
    return [
      {
        name: `sync: pictures in a recording of 720p30, ${seconds} s`,
        unit: "pictures",
        ours: numbers.length,
        peer: (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) + 1,
        against: "what the frame counter counted",
        goal: { atLeast: 1 },
      },
      {
        name: "sync: beep from flash, at most",
        unit: "ms",
        ours: Math.max(...offsets),
        peer: NOTICEABLE_MS,
        against: "the limit",
        goal: { atMost: 1 },
      },
    ];
  },
};
