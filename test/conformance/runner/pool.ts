import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Test } from "./corpus.ts";
import type { HarnessStatus, Result } from "./result.ts";
import { timeLimitMs } from "./time-limit.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

export interface PoolOptions {
  readonly processes: number;
  readonly onResult: (test: Test, result: Result) => void;
  /** Default: {@link timeLimitMs}. */
  readonly timeoutMs?: number;
  /** The module that runs tests. */
  readonly workerPath?: string;
}

/**
 * Runs tests in parallel processes. One that hangs or crashes is its own result, and its process is
 * replaced.
 */
export async function runTests(
  corpus: string,
  tests: readonly Test[],
  { onResult, processes, timeoutMs, workerPath = WORKER }: PoolOptions,
): Promise<void> {
  const queue = [...tests];
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let test = queue.shift(); test; test = queue.shift()) {
      worker ??= await Worker.start(workerPath, corpus);
      const result = await worker.run(test, timeoutMs ?? timeLimitMs(test));
      if (worker.isGone) worker = undefined;
      onResult(test, result);
    }
    worker?.kill();
  };
  await Promise.all(Array.from({ length: Math.min(processes, tests.length) }, lane));
}

/** A process that runs tests. */
class Worker {
  readonly #child: ChildProcess;
  #errors = "";
  #isGone = false;

  /** @throws Error when the process doesn't come up */
  static async start(path: string, corpus: string): Promise<Worker> {
    const stdio = ["ignore", "ignore", "pipe", "ipc"] as const;
    const child = fork(path, [corpus], { stdio: [...stdio], execArgv: ["--import", "tsx"] });
    const worker = new Worker(child);
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(new Error(`No test process started.\n${worker.#errors}`)));
    });
    return worker;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (data) => {
      this.#errors = (this.#errors + String(data)).slice(-4000);
    });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  kill(): void {
    this.#isGone = true;
    this.#child.kill("SIGKILL");
  }

  run(test: Test, limitMs: number): Promise<Result> {
    return new Promise((resolve) => {
      const finish = (result: Result): void => {
        clearTimeout(timer);
        this.#child.off("message", finish).off("exit", crash);
        resolve(result);
      };
      const fail = (status: HarnessStatus, message: string): void => {
        this.kill();
        finish({ harness: { status, message }, subtests: [] });
      };
      const crash = (code: number | null, signal: string | null): void =>
        fail("CRASH", `${signal ?? `exit status ${code}`}: ${this.#errors}`);
      const timer = setTimeout(() => fail("HANG", `no result in ${limitMs} ms`), limitMs);
      this.#child.on("message", finish).on("exit", crash);
      this.#child.send(test);
    });
  }
}
