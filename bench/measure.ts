import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";

/** What one run of a command cost, its children included. */
export interface Cost {
  /** user + system, s */
  readonly cpuS: number;
  /** Peak of the memory of all its processes together (PSS, so that shared pages count once), MB. */
  readonly memoryMb: number;
  readonly wallS: number;
  readonly stdout: string;
}

/** Ours against a peer's, measured in turn. */
export interface Comparison {
  readonly ours: Cost;
  readonly peer: Cost;
}

const SAMPLE_MS = 100;

/**
 * Runs two commands in turn, ours first, after one run of each that doesn't count.
 * @returns the median of each figure
 */
export async function compare(
  ours: readonly string[],
  peer: readonly string[],
  runs = 5,
): Promise<Comparison> {
  await measure(ours);
  await measure(peer);
  const costs: Comparison[] = [];
  for (let run = 0; run < runs; run++) {
    costs.push({ ours: await measure(ours), peer: await measure(peer) });
  }
  return {
    ours: medianCost(costs.map((cost) => cost.ours)),
    peer: medianCost(costs.map((cost) => cost.peer)),
  };
}

/** Runs a command to its end. @throws Error when it fails */
export async function measure([command = "", ...args]: readonly string[]): Promise<Cost> {
  const started = performance.now();
  // `time` writes its line last, to stderr.
  const time = ["-q", "-f", "\n%U %S", command, ...args];
  const child = spawn("/usr/bin/time", time, { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += String(data)));
  child.stderr.on("data", (data) => (output.stderr += String(data)));
  let memoryMb = 0;
  const sampler = setInterval(() => {
    void treeMemoryMb(child.pid ?? 0).then((mb) => (memoryMb = Math.max(memoryMb, mb)));
  }, SAMPLE_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  }).finally(() => clearInterval(sampler));
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} exited with ${code}:\n${output.stderr}`);
  }
  const [user = 0, system = 0] = output.stderr.trim().split(/\s+/).slice(-2).map(Number);
  const wallS = (performance.now() - started) / 1000;
  return { cpuS: user + system, memoryMb, wallS, stdout: output.stdout };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function medianCost(costs: readonly Cost[]): Cost {
  return {
    cpuS: median(costs.map((cost) => cost.cpuS)),
    memoryMb: median(costs.map((cost) => cost.memoryMb)),
    wallS: median(costs.map((cost) => cost.wallS)),
    stdout: costs[0]?.stdout ?? "",
  };
}

async function treeMemoryMb(root: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  let total = 0;
  for (const pid of parents.keys()) {
    if (!isBelow(pid, root, parents)) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    total += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  }
  return total;
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true;
  }
  return false;
}
