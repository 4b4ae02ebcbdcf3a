import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Line, Row } from "../line.ts";
import { median } from "../measure.ts";

const SAY_FIGURES = `
  const { user, system } = process.cpuUsage();
  const mb = process.memoryUsage.rss() / 2 ** 20;
  const faults = process.resourceUsage().minorPageFault;
  console.log(JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000, mb, faults }));`;

/** Of wall time, for the testing kit: what a test file waits for. */
const TESTING_LIMIT_MS = 20;

/** The package's entries beside a program that imports nothing. Each is a file, as programs are. */
export const importCost: Line = {
  name: "import",
  async run({ isQuick, runs }) {
    const project = await createProject();
    const bare: Figures[] = [];
    const entries = ["node-usermedia", "node-usermedia/testing"].map((name) => ({
      name,
      figures: [] as Figures[],
    }));
    try {
      for (let run = 0; run < (isQuick ? runs : runs * 4); run++) {
        bare.push(await figuresOf(project, ""));
        for (const { name, figures } of entries)
          figures.push(await figuresOf(project, `import "${name}";`));
      }
    } finally {
      await rm(project, { recursive: true });
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
      rows.push(row("page faults", "", "faults"));
      if (name !== "node-usermedia/testing") return rows;
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
  /** Minor ones: how often memory was touched for the first time. Virtual machines make them dear. */
  readonly faults: number;
}

/** A folder where the package is installed. */
async function createProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "usermedia-import-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(process.cwd(), join(folder, "node_modules/node-usermedia"));
  return folder;
}

/** By the process itself: to look at its memory from outside holds up one that lives this short. */
async function figuresOf(project: string, code: string): Promise<Figures> {
  const program = join(project, "program.mjs");
  await writeFile(program, code + SAY_FIGURES);
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  return JSON.parse(stdout) as Figures;
}
