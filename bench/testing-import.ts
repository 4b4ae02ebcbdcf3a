/**
 * What `import "usermedia/testing"` costs over a Node that imports nothing: whole processes, in
 * turn, from the built package. Wall time on an idle machine; CPU time beside it, which other work
 * on the machine changes less.
 *
 * Run: npm run build && npx tsx bench/testing-import.ts [runs]
 */
import { spawnSync } from "node:child_process";
import { median } from "./measure.ts";

interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const RUNS = Number(process.argv[2] ?? 31);
const programs = { nothing: "", "usermedia/testing": 'import "usermedia/testing";' };

function run(program: string): Run {
  const script = `${program}process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    console.log((user + system) / 1000);
  });`;
  const started = performance.now();
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  return { wallMs: performance.now() - started, cpuMs: Number(stdout.toString()) };
}

const [bare, ours] = Object.values(programs).map((): Run[] => []);
for (let index = 0; index < RUNS; index++) {
  bare?.push(run(programs.nothing));
  ours?.push(run(programs["usermedia/testing"]));
}

for (const figure of ["wallMs", "cpuMs"] as const) {
  const [without, with_] = [bare ?? [], ours ?? []].map((runs) => runs.map((one) => one[figure]));
  const cost = median(with_ ?? []) - median(without ?? []);
  const least = Math.min(...(with_ ?? [])) - Math.min(...(without ?? []));
  console.log(`${figure}: ${cost.toFixed(1)} ms (median), ${least.toFixed(1)} ms (least of each)`);
}
