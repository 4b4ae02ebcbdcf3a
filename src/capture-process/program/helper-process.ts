import { CaptureProcess } from "./capture-process.ts";
import { requireNative } from "../native-package.ts";
import type { Request } from "../wire/command.ts";

/** Kept this long for the next question. */
const IDLE_MS = 1_000;
const ANSWER_TIMEOUT_MS = 15_000;

/** Answers questions about devices and files, so that no driver is asked in the program. */
export class HelperProcess {
  #running: Promise<CaptureProcess> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #asked = 0;
  readonly #env: NodeJS.ProcessEnv;

  /** @param env its environment; default: the program's */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.#env = env;
  }

  /** @throws DeviceError */
  async request(request: Request): Promise<unknown> {
    requireNative();
    clearTimeout(this.#idleTimer);
    this.#asked += 1;
    try {
      this.#running ??= this.#start();
      const process = await this.#running;
      process.keepAlive(true);
      return await process.request(request, ANSWER_TIMEOUT_MS);
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) await this.#rest();
    }
  }

  /**
   * Its process where one has nothing to do: it is the taker's then, who needn't start another.
   */
  async take(): Promise<CaptureProcess | undefined> {
    if (this.#asked > 0 || this.#running === undefined) return undefined;
    clearTimeout(this.#idleTimer);
    const running = this.#running;
    this.#running = undefined;
    const process = await running.catch(() => undefined);
    if (process === undefined || process.isGone) return undefined;
    process.keepAlive(true);
    return process;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const running = this.#running;
    this.#running = undefined;
    await (await running?.catch(() => undefined))?.close();
  }

  async #start(): Promise<CaptureProcess> {
    const forget = () => (this.#running = undefined);
    try {
      return await CaptureProcess.start({ event: () => undefined, gone: forget }, this.#env);
    } catch (error) {
      forget();
      throw error;
    }
  }

  async #rest(): Promise<void> {
    const process = await this.#running?.catch(() => undefined);
    if (process === undefined || this.#asked > 0) return;
    process.keepAlive(false);
    this.#idleTimer = setTimeout(() => void this.close(), IDLE_MS);
    this.#idleTimer.unref();
  }
}
