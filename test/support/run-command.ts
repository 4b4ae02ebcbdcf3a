import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { onTestFinished } from "vitest";

/** The command as it is installed. */
export const COMMAND = resolve("dist/entries/cli.js");

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A `usermedia` command at work, until its test is over at the latest. */
export class RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  #out = "";
  #err = "";

  constructor(args: readonly string[], cwd: string, env: Record<string, string | undefined> = {}) {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd,
      env: { ...process.env, USERMEDIA_CONFIG_DIR: cwd, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk: Buffer) => (this.#out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (this.#err += chunk.toString()));
    this.child = child;
    onTestFinished(() => void child.kill("SIGKILL"));
    this.ended = once(child, "close").then(([code]) => ({
      code: code as number | null,
      out: this.#out,
      err: this.#err,
    }));
  }

  /** What it has said on its error output so far. */
  get err(): string {
    return this.#err;
  }

  /** Resolves when it has said this on its error output. */
  async untilSaid(text: string): Promise<void> {
    while (!this.#err.includes(text)) await once(this.child.stderr ?? this.child, "data");
  }
}

/** Runs a `usermedia` command to its end. */
export function runCommand(
  args: readonly string[],
  cwd: string,
  env: Record<string, string | undefined> = {},
): Promise<CommandResult> {
  return new RunningCommand(args, cwd, env).ended;
}
