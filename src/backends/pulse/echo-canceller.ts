import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";

import * as v from "valibot";

import { requireOwnProgram } from "../../capture-process/native-package.ts";
import { ownEnvironment } from "../../host/own-environment.ts";
import { DeviceError } from "../../contract/device-error.ts";

const answer = v.union([v.object({ sourceName: v.string() }), v.object({ reason: v.string() })]);

/** ms that the process has to take its canceller out of the server. */
const stopLimitMs = 5000;

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
    const id = `${process.pid}-${randomUUID()}`;
    const owner = await spawnOwner(env, [sourceName, String(channelCount), id]);
    const said = v.safeParse(answer, await firstLine(owner));
    if (said.success && "sourceName" in said.output) {
      for (const handle of [owner, owner.stdin, owner.stdout]) {
        (handle as { unref?(): void } | null)?.unref?.();
      }
      return new EchoCanceller(owner, said.output.sourceName);
    }
    owner.stdin?.end();
    const reason = said.success && "reason" in said.output ? ` ${said.output.reason}` : "";
    throw new DeviceError("failed", `The sound server doesn't cancel echo.${reason}`);
  }

  /** Resolves when the server is as it was before. Idempotent. */
  async stop(): Promise<void> {
    if (this.#owner.exitCode !== null || this.#owner.signalCode !== null) return;
    const gone = once(this.#owner, "exit");
    this.#owner.ref();
    this.#owner.stdin?.end();
    const killing = setTimeout(() => this.#owner.kill("SIGKILL"), stopLimitMs);
    await gone;
    clearTimeout(killing);
  }
}

/** @throws DeviceError when the system starts no process: it has no more of them, or of descriptors */
async function spawnOwner(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<ChildProcess> {
  const main = requireOwnProgram("echo-canceller");
  try {
    const owner: ChildProcess = spawn(process.execPath, [main, ...args], {
      env: ownEnvironment(env),
      stdio: ["pipe", "pipe", "ignore"],
    });
    await once(owner, "spawn");
    // A signal that can't be sent, and a pipe that is closed: the owner's end is heard of in any case.
    owner.on("error", () => undefined);
    owner.stdin?.on("error", () => undefined);
    return owner;
  } catch (error) {
    throw new DeviceError("failed", `The echo canceller's process didn't start: ${String(error)}`);
  }
}

/** Parsed; undefined where the process ends without a word that is JSON. */
async function firstLine({ stdout }: ChildProcess): Promise<unknown> {
  if (stdout === null) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
