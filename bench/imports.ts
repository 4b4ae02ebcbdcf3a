/**
 * What importing the package's entries costs over a Node that imports nothing: whole processes, in
 * turn, from the built package. Wall time on an idle machine; CPU time beside it, which other work
 * on the machine changes less. An empty module of one's own is there for comparison: it is what
 * Node takes to load any file at all.
 *
 * Run: npm run build && npx tsx bench/imports.ts [runs]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { median } from "./measure.ts";

interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const runs = Number(process.argv[2] ?? 31);
const folder = mkdtempSync(join(tmpdir(), "usermedia-imports-"));
const emptyModule = join(folder, "empty.mjs");
writeFileSync(emptyModule, "");

const programs = new Map([
  ["nothing", ""],
  ["an empty module", `import ${JSON.stringify(pathToFileURL(emptyModule))};`],
  ["usermedia/testing", 'import "usermedia/testing";'],
  ["usermedia", 'import "usermedia";'],
]);

function run(program: string): Run {
  const script = `${program}process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    console.log((user + system) / 1000);
  });`;
  const started = performance.now();
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  return { wallMs: performance.now() - started, cpuMs: Number(stdout.toString()) };
}

const measured = new Map([...programs.keys()].map((name): [string, Run[]] => [name, []]));
for (let index = 0; index < runs; index++) {
  for (const [name, program] of programs) measured.get(name)?.push(run(program));
}
rmSync(folder, { recursive: true });

const load = loadavg()[0]?.toFixed(1);
console.log(`Node ${process.version}, load ${load}, ${runs} runs of each, over nothing:`);
for (const [name, ours] of measured) {
  if (name === "nothing") continue;
  const figures = (["wallMs", "cpuMs"] as const).map((figure) => {
    const [with_, without] = [ours, measured.get("nothing") ?? []].map((all) =>
      all.map((each) => each[figure]),
    );
    const cost = median(with_ ?? []) - median(without ?? []);
    const least = Math.min(...(with_ ?? [])) - Math.min(...(without ?? []));
    return `${figure}: ${cost.toFixed(1)} (median), ${least.toFixed(1)} (least of each)`;
  });
  console.log(`${name}: ${figures.join("; ")}`);
}
