import type { Line } from "../line.ts";
import { measure, median } from "../measure.ts";

const AFTER =
  "console.log(JSON.stringify({ ms: performance.now(), mb: process.memoryUsage.rss() / 2 ** 20 }))";

/** `import "usermedia"` beside a program that imports nothing. */
export const importCost: Line = {
  name: "import",
  async run({ isQuick, runs }) {
    const ours: Figures[] = [];
    const bare: Figures[] = [];
    for (let run = 0; run < (isQuick ? runs : runs * 4); run++) {
      ours.push(await figuresOf(`await import("usermedia"); ${AFTER}`));
      bare.push(await figuresOf(AFTER));
    }
    const against = "bare Node";
    return [
      {
        name: "import: from the process's start to its end",
        unit: "ms",
        ours: median(ours.map(({ ms }) => ms)),
        peer: median(bare.map(({ ms }) => ms)),
        against,
      },
      {
        name: "import: memory",
        unit: "MB",
        ours: median(ours.map(({ mb }) => mb)),
        peer: median(bare.map(({ mb }) => mb)),
        against,
      },
    ];
  },
};

interface Figures {
  readonly ms: number;
  readonly mb: number;
}

async function figuresOf(code: string): Promise<Figures> {
  const { stdout } = await measure([process.execPath, "--input-type=module", "-e", code]);
  return JSON.parse(stdout) as Figures;
}
