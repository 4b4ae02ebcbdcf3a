import { isAbsolute } from "node:path";
import { requireFrom } from "../../host/own-files.ts";

/** Where Node says how it was started. */
export interface Invocation {
  /** `process.argv` of this thread. */
  readonly argv: readonly string[];
  /** `process.execArgv` of this thread. */
  readonly execArgv: readonly string[];
  /** `process.execPath` */
  readonly execPath: string;
  readonly isMainThread: boolean;
  /** The executable contains the program. */
  readonly isSingleExecutable: boolean;
}

const evaluates = /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/u;

/**
 * The file of the program that this thread runs: the entry script, a worker's script, or the
 * executable that contains the program.
 *
 * @returns `undefined` for code that has no file: `node -e`, `-p`, a REPL, standard input, a worker
 * made from a text. What stands in `process.argv[1]` is an argument then.
 */
export function entryScript(invocation: Invocation = ownInvocation()): string | undefined {
  const { argv, execArgv, execPath, isMainThread, isSingleExecutable } = invocation;
  if (isSingleExecutable && isMainThread) return execPath;
  // A worker inherits the options of the main thread; its own script stands in `argv[1]`.
  if (isMainThread && execArgv.some((option) => evaluates.test(option))) return undefined;
  const [, script] = argv;
  // Node makes the path of a script absolute. "-" and "[worker eval]" stay as they are.
  return script !== undefined && isAbsolute(script) ? script : undefined;
}

/**
 * The file that Node runs for a path: `node .` runs the main file of the folder's package, and
 * `node main` runs `main.js`, also beside a folder `main/`.
 *
 * @param script an absolute path.
 * @returns the real path; `undefined` where Node finds nothing to run.
 */
export function resolveScript(script: string): string | undefined {
  try {
    return requireFrom(script).resolve(script);
  } catch {
    return undefined;
  }
}

function ownInvocation(): Invocation {
  const { isMainThread } = process.getBuiltinModule("node:worker_threads");
  const { argv, execArgv, execPath } = process;
  const isSingleExecutable = process.getBuiltinModule("node:sea")?.isSea() ?? false;
  return { argv, execArgv, execPath, isMainThread, isSingleExecutable };
}
