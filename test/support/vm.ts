import { spawn, spawnSync } from "node:child_process";

/** What a scenario in the VM found, by the names that it gave. */
export type Findings = ReadonlyMap<string, unknown>;

/** Why no VM can run here; undefined where one can. Fetches its kernel the first time. */
export function whyNoVm(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return `the VM is a PC's; this is ${process.platform} on ${process.arch}`;
  }
  const setup = spawnSync("bash", ["test/vm/setup.sh"], { encoding: "utf8" });
  const said = setup.stderr.trim().split("\n").at(-1) ?? "";
  return setup.status === 0 ? undefined : `the VM can't be set up: ${said}`;
}

/**
 * Runs a scenario in a VM of its own.
 * @param modules drivers to load, as `run.sh` takes them; default: two vivid cameras, a loopback card
 */
export async function runInVm(scenario: string, modules?: string): Promise<Findings> {
  const vm = spawn("bash", ["test/vm/run.sh", `'${process.execPath}' test/vm/${scenario}`], {
    env: { ...process.env, TIMEOUT: "480", ...(modules !== undefined && { MODULES: modules }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  vm.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  vm.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const status = await new Promise((resolve) => vm.once("close", resolve));
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith("@{"));
  const findings = lines.map(
    (line) => JSON.parse(line.slice(1)) as { name: string; value: unknown },
  );
  if (!findings.some(({ name }) => name === "end")) {
    throw new Error(`The scenario stopped with status ${String(status)}:\n${text.slice(-4000)}`);
  }
  return new Map(findings.map(({ name, value }) => [name, value]));
}
