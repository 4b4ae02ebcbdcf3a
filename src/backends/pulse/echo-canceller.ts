import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";

import * as v from "valibot";

import { requireOwnProgram } from "../../capture-process/native-package.ts";
import { ownEnvironment } from "../../host/own-environment.ts";
import { DeviceError } from "../../contract/device-error.ts";

const answer = v.union([v.object({ sourceName: v.string() }), v.object({ reason: v.string() })]);

/** An echo canceller in the sound server, and the process that owns it. */
export class EchoCanceller {
  /** The source that has no echo. */
  readonly sourceName: string;
  readonly #owner: ChildProcess;

  private constructor(owner: ChildProcess, sourceName: string) {
    this.#owner = owner;
    this.sourceName = sourceName;
  }

  /** @throws DeviceError when the server can't */
  static async start(
    env: NodeJS.ProcessEnv,
    sourceName: string,
    channelCount: number,
  ): Promise<EchoCanceller> {
    const main = requireOwnProgram("echo-canceller");
    const args = [main, sourceName, String(channelCount), `${process.pid}-${randomUUID()}`];
    const owner = spawn(process.execPath, args, {
      env: ownEnvironment(env),
      stdio: ["pipe", "pipe", "ignore"],
    });
    owner.stdin.on("error", () => undefined);
    const said = v.safeParse(answer, await firstLine(owner));
    if (said.success && "sourceName" in said.output) {
      for (const handle of [owner, owner.stdin, owner.stdout]) {
        (handle as { unref?(): void }).unref?.();
      }
      return new EchoCanceller(owner, said.output.sourceName);
    }
    owner.stdin.end();
    const reason = said.success && "reason" in said.output ? ` ${said.output.reason}` : "";
    throw new DeviceError("failed", `The sound server doesn't cancel echo.${reason}`);
  }

  /** Resolves when the server is as it was before. Idempotent. */
  async stop(): Promise<void> {
    if (this.#owner.exitCode !== null || this.#owner.signalCode !== null) return;
    const gone = once(this.#owner, "exit");
    this.#owner.ref();
    this.#owner.stdin?.end();
    await gone;
  }
}

/** Parsed; undefined where the process ends without a word. */
async function firstLine(owner: ChildProcess): Promise<unknown> {
  if (owner.stdout === null) return undefined;
  for await (const line of createInterface({ input: owner.stdout })) return JSON.parse(line);
  return undefined;
}
