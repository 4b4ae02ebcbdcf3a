import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

import * as v from "valibot";

import { OwnProcess } from "../../capture-process/program/own-process.ts";
import { DeviceError } from "../../contract/device-error.ts";

const answer = v.union([v.object({ sourceName: v.string() }), v.object({ reason: v.string() })]);

/** ms that the process has to put its canceller into the server. */
const startLimitMs = 20_000;

/** ms that the process has to take its canceller out of the server. */
const stopLimitMs = 5000;

/** An echo canceller in the sound server, and the process that owns it. */
export class EchoCanceller {
  /** The source that has no echo. */
  readonly sourceName: string;
  readonly #owner: OwnProcess;

  private constructor(owner: OwnProcess, sourceName: string) {
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
    const owner = new OwnProcess("echo-canceller", {
      args: [sourceName, String(channelCount), id],
      environment: env,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const starting = setTimeout(() => owner.kill(), startLimitMs);
    const said = v.safeParse(answer, await firstLine(owner));
    clearTimeout(starting);
    if (said.success && "sourceName" in said.output) {
      owner.keepAlive(false);
      return new EchoCanceller(owner, said.output.sourceName);
    }
    owner.input?.end();
    const { message } = await stopped(owner);
    const reason = said.success && "reason" in said.output ? said.output.reason : message;
    throw new DeviceError("failed", `The sound server doesn't cancel echo. ${reason}`);
  }

  /** Resolves when the server is as it was before. Idempotent. */
  async stop(): Promise<void> {
    this.#owner.input?.end();
    await stopped(this.#owner);
  }
}

/** How it ended, which it has a limited time for. */
async function stopped(owner: OwnProcess): Promise<DeviceError> {
  await owner.stop(stopLimitMs);
  return await owner.ended;
}

/** Parsed; undefined where the process ends without a word that is JSON. */
async function firstLine({ output }: OwnProcess): Promise<unknown> {
  if (output === null) return undefined;
  for await (const line of createInterface({ input: output })) {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
