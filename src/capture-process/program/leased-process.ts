import { DeviceError } from "../../contract/device-error.ts";
import { requireNative } from "../native-package.ts";
import type { Request } from "../wire/command.ts";
import { CaptureProcess, type ProcessEvent } from "./capture-process.ts";

/** Who holds a lease, and hears of what the process says. */
export interface ProcessUser {
  /** Whatever it says, of others' devices and encoders too. */
  event(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void;
  /** It crashed, hung or was ended: there is nothing to release any more. */
  gone(reason: DeviceError): void;
}

export interface LeaseOptions {
  /** The program's environment, as the process is to see it. Default: the program's. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** ms that the process stays for the next user, without keeping the program alive. Default: 0. */
  readonly idleMs?: number;
  /** Users keep the program alive (default), or only what they wait for does. */
  readonly keepsAlive?: "users" | "answers";
  /** Whose idle process is taken in the place of a new one. */
  readonly takesFrom?: LeasedProcess | undefined;
}

const ANSWER_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 10_000;
/** A process that only answers questions is kept this long for the next one. */
const HELPER_IDLE_MS = 1_000;

/** A process from its start to its end, which the next one shares nothing with. */
interface Run {
  readonly users: Set<ProcessUser>;
  readonly starting: Promise<CaptureProcess>;
  process: CaptureProcess | undefined;
  /** Questions whose answers are waited for. */
  asked: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/**
 * A capture process that runs while somebody uses it: from the first lease to the last one's end,
 * or some time longer. After a crash the next lease starts another.
 */
export class LeasedProcess {
  readonly #options: LeaseOptions;
  #run: Run | undefined;

  constructor(options: LeaseOptions = {}) {
    this.#options = options;
  }

  /**
   * Has the process run until {@link release}.
   * @throws DeviceError when it doesn't start; then there is nothing to release
   */
  async acquire(user: ProcessUser): Promise<CaptureProcess> {
    requireNative();
    const run = (this.#run ??= this.#start());
    run.users.add(user);
    clearTimeout(run.idleTimer);
    try {
      const process = await run.starting;
      this.#keepAlive(run, process);
      return process;
    } catch (error) {
      if (this.#run === run) this.#run = undefined;
      throw error;
    }
  }

  /**
   * Ends a lease; resolves when what was leased is free. Idempotent.
   * @param closing what has the process free it, unless the process ends anyway
   */
  async release(user: ProcessUser, process: CaptureProcess, closing?: Request): Promise<void> {
    const run = this.#run;
    if (run?.process !== process) return await process.close();
    if (!run.users.delete(user)) return;
    if (run.users.size > 0 || this.#options.idleMs !== undefined) {
      // A process that is gone has freed it too.
      if (closing) await process.request(closing, CLOSE_TIMEOUT_MS).catch(() => undefined);
      this.#keepAlive(run, process);
      this.#restWhenIdle(run);
    } else {
      this.#run = undefined;
      await process.close();
    }
  }

  /**
   * Asks, and runs the process for that.
   * @throws DeviceError
   */
  async ask(request: Request, timeoutMs = ANSWER_TIMEOUT_MS): Promise<unknown> {
    const user: ProcessUser = { event: () => undefined, gone: () => undefined };
    const process = await this.acquire(user);
    try {
      return await process.request(request, timeoutMs);
    } finally {
      await this.release(user, process);
    }
  }

  /**
   * Asks a process that is leased; the program stays alive for the answer.
   * @throws DeviceError
   */
  async askLeased(process: CaptureProcess, request: Request, timeoutMs: number): Promise<unknown> {
    const run = this.#run;
    if (run?.process !== process) return await process.request(request, timeoutMs);
    run.asked += 1;
    this.#keepAlive(run, process);
    try {
      return await process.request(request, timeoutMs);
    } finally {
      run.asked -= 1;
      this.#keepAlive(run, process);
    }
  }

  /** Ends the process; its users are told that it is gone. */
  async close(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined) return;
    clearTimeout(run.idleTimer);
    const reason = new DeviceError("failed", "The capture process was closed.");
    for (const user of run.users) user.gone(reason);
    await (await run.starting.catch(() => undefined))?.close();
  }

  /** The process where nobody uses it; it is the taker's then. */
  async #handOver(): Promise<CaptureProcess | undefined> {
    const run = this.#run;
    if (run === undefined || run.users.size > 0) return undefined;
    clearTimeout(run.idleTimer);
    this.#run = undefined;
    const process = await run.starting.catch(() => undefined);
    return process?.isGone === true ? undefined : process;
  }

  #start(): Run {
    const users = new Set<ProcessUser>();
    const events = {
      event: (event: ProcessEvent, payload: Uint8Array<ArrayBuffer>) => {
        for (const user of users) user.event(event, payload);
      },
      gone: (reason: DeviceError) => {
        if (this.#run === run) this.#run = undefined;
        for (const user of users) user.gone(reason);
      },
    };
    const { environment, takesFrom } = this.#options;
    const start = async (): Promise<CaptureProcess> => {
      const taken = takesFrom && (await takesFrom.#handOver());
      taken?.handOver(events);
      run.process = taken ?? (await CaptureProcess.start(events, environment));
      return run.process;
    };
    const run: Run = {
      users,
      starting: Promise.resolve().then(start),
      process: undefined,
      asked: 0,
      idleTimer: undefined,
    };
    return run;
  }

  #keepAlive({ asked, users }: Run, process: CaptureProcess): void {
    process.keepAlive(asked > 0 || (this.#options.keepsAlive !== "answers" && users.size > 0));
  }

  #restWhenIdle(run: Run): void {
    if (run.users.size > 0 || this.#run !== run) return;
    clearTimeout(run.idleTimer);
    run.idleTimer = setTimeout(() => void this.close(), this.#options.idleMs);
    run.idleTimer.unref();
  }
}

/** Answers questions about devices and files, so that no driver is asked in the program. */
export function createHelperProcess(environment?: NodeJS.ProcessEnv): LeasedProcess {
  return new LeasedProcess({ environment, idleMs: HELPER_IDLE_MS });
}
