import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Line, Row } from "../line.ts";
import { median } from "../measure.ts";

const SAY_FIGURES = `
  const { user, system } = process.cpuUsage();
  const mb = process.memoryUsage.rss() / 2 ** 20;
  console.log(JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000, mb }));`;

/** Of wall time, for the testing kit: what a test file waits for. */
const TESTING_LIMIT_MS = 20;

/** The package's entries beside a program that imports nothing. */
export const importCost: Line = {
  name: "import",
  async run({ isQuick, runs }) {
    const bare: Figures[] = [];
    const entries = ["usermedia", "usermedia/testing"].map((name) => ({
      name,
      figures: [] as Figures[],
    }));
    for (let run = 0; run < (isQuick ? runs : runs * 4); run++) {
      bare.push(await figuresOf(""));
      for (const { name, figures } of entries)
        figures.push(await figuresOf(`await import("${name}");`));
    }
    return entries.flatMap(({ name, figures }): Row[] => {
      const row = (what: string, unit: string, figure: keyof Figures): Row => ({
        name: `import "${name}": ${what}`,
        unit,
        ours: median(figures.map((one) => one[figure])),
        peer: median(bare.map((one) => one[figure])),
        against: "bare Node",
      });
      const wall = row("from the process's start to its end", "ms", "ms");
      const rows = [wall, row("CPU", "ms", "cpuMs"), row("memory", "MB", "mb")];
      if (name !== "usermedia/testing") return rows;
      const cost = { name: `import "${name}": over bare Node`, unit: "ms", against: "the limit" };
      const goal = { atMost: 1 };
      return [...rows, { ...cost, ours: wall.ours - wall.peer, peer: TESTING_LIMIT_MS, goal }];
    });
  },
};

interface Figures {
  readonly ms: number;
  readonly cpuMs: number;
  readonly mb: number;
}

/** By the process itself: to look at its memory from outside holds up one that lives this short. */
async function figuresOf(code: string): Promise<Figures> {
  const program = ["--input-type=module", "-e", code + SAY_FIGURES];
  const { stdout } = await promisify(execFile)(process.execPath, program);
  return JSON.parse(stdout) as Figures;
}
