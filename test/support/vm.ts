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

/** A program of `test/vm/` and what it is given. */
export interface Scenario {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A camera and a loopback card, and where USB cameras can be plugged in. */
const MODULES = [
  // Two webcams: video capture only, one input each, of the type "webcam".
  "vivid n_devs=2 node_types=0x1,0x1 num_inputs=1,1 input_types=0,0",
  // One stream, so that a second one finds the card busy.
  "snd-aloop pcm_substreams=1",
  "vhci-hcd",
  "uvcvideo",
].join(";");

/** An emulated machine on a busy one may take ten times as long as an idle one needs. */
const TIMEOUT_S = 1_800;

/**
 * Runs scenarios in one VM, one after another; one that fails keeps none of the others from running.
 * @param outFolder what they find as `/out`
 * @returns for each scenario what it found
 */
export async function runInVm(
  scenarios: readonly Scenario[],
  outFolder: string,
): Promise<Findings[]> {
  const commands = scenarios.map(({ args = [], env = {}, file }) => {
    const settings = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
    return ["env", ...settings, quote(process.execPath), `test/vm/${file}`, ...args.map(quote)];
  });
  const command = commands.map((words) => `echo '${MARK}'; ${words.join(" ")} 2>&1`).join("; ");
  const vm = spawn("bash", ["test/vm/run.sh", command], {
    env: { ...process.env, TIMEOUT: String(TIMEOUT_S), MODULES, OUT: outFolder },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const kill = (): void => void (vm.pid !== undefined && process.kill(-vm.pid, "SIGKILL"));
  process.once("exit", kill);
  let text = "";
  vm.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  vm.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => vm.once("close", resolve));
  process.off("exit", kill);
  const [, ...said] = text.split(MARK);
  return scenarios.map((_scenario, index) => findingsIn(said[index] ?? text));
}

/** Stands between what one scenario prints and what the next one does. */
const MARK = "=== scenario ===";

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function findingsIn(text: string): Findings {
  const findings = new Map<string, unknown>();
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith("@{")) continue;
    const { name, value } = JSON.parse(line.slice(1)) as { name: string; value: unknown };
    findings.set(name, value);
  }
  // Shown by the test that misses what wasn't found.
  if (!findings.has("end")) findings.set("stopped", text.slice(-4000));
  return findings;
}
