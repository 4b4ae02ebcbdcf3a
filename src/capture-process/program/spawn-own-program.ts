import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { isAbsolute } from "node:path";
import { DeviceError } from "../../contract/device-error.ts";
import { debugLog } from "../../host/debug-log.ts";
import { OWN_PROCESS, ownEnvironment } from "../../host/own-environment.ts";
import { requireFrom, type OwnProgram } from "../../host/own-files.ts";
import { requireOwnProgram } from "../native-package.ts";

export interface SpawnOptions {
  readonly args: readonly string[];
  /** The program's environment, of which the process has what it needs. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stdio: StdioOptions;
}

const SET_NODE = "Set USERMEDIA_NODE to the path of a Node.js (20.19 or newer)";

/**
 * Starts a program of this package as a process of its own. All that is started here comes this way.
 * @throws DeviceError `missing-dependency` where the package lacks the program, or nothing can run
 *   it; `failed` where the system gives no process (no descriptors, no memory). Some systems say the
 *   latter later, by the process's `error` event
 */
export function spawnOwnProgram(name: OwnProgram, options: SpawnOptions): ChildProcess {
  const main = requireOwnProgram(name);
  const node = findNode();
  const args = [...plugAndPlay(main), main, ...options.args];
  const env = ownEnvironment(options.environment, name);
  let child: ChildProcess;
  try {
    child = spawn(node, args, { env, stdio: options.stdio, windowsHide: true });
  } catch (error) {
    throw notStarted(name, error);
  }
  // Where it has no descriptors for the pipes, Node says so by an event, and there are no pipes.
  if ((child.stdio as unknown) === undefined) {
    child.on("error", () => undefined);
    throw notStarted(name, new Error("No descriptor is left (EMFILE)."));
  }
  debugLog("%s %d started", name, child.pid);
  child.once("exit", (code, signal) => {
    debugLog("%s %d ended: %s", name, child.pid, signal ?? code);
  });
  return child;
}

/** How messages name it. */
export function title(name: OwnProgram): string {
  return `The ${name.replace("-", " ")}`;
}

/** @param error what the system said */
export function notStarted(name: OwnProgram, error: unknown): DeviceError {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return new DeviceError("failed", `${title(name)} didn't start: ${message}`, {
    cause: error,
  });
}

/** What to do where a process of ours didn't say a word: it may not be ours. */
export function adviseNode(): string {
  return (
    `It was to run in ${findNode()}. Where that is a packaged program, which runs itself again: ` +
    `${SET_NODE}.`
  );
}

/**
 * The executable that runs a file: the person's choice, or what runs this program.
 * @throws DeviceError where that would run the program itself again
 */
function findNode(): string {
  const running = process.env[OWN_PROCESS];
  if (running !== undefined) {
    throw refuse(`This process was started to be ${running}, and runs a program instead`);
  }
  const chosen = process.env["USERMEDIA_NODE"];
  if (chosen !== undefined && chosen !== "") {
    if (isAbsolute(chosen)) return chosen;
    throw refuse(`USERMEDIA_NODE is ${JSON.stringify(chosen)}, which is no absolute path`);
  }
  if (process.getBuiltinModule("node:sea")?.isSea() === true) {
    throw refuse("A single executable application runs nothing but itself");
  }
  if (isDenoCompiled()) throw refuse("A program of deno compile runs nothing but itself");
  return process.execPath;
}

function refuse(reason: string): DeviceError {
  return new DeviceError("missing-dependency", `${reason}. ${SET_NODE}.`);
}

function isDenoCompiled(): boolean {
  const { Deno } = globalThis as { Deno?: { build?: { standalone?: boolean } } };
  return Deno?.build?.standalone === true;
}

/** Yarn's Plug'n'Play, without which Node finds no package where Yarn installed them so. */
function plugAndPlay(main: string): readonly string[] {
  if (process.versions["pnp"] === undefined) return [];
  try {
    return ["--require", requireFrom(main).resolve("pnpapi")];
  } catch {
    return [];
  }
}
