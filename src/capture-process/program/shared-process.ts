import type { DeviceError } from "../../contract/device-error.ts";
import { CaptureProcess, type ProcessEvent } from "./capture-process.ts";
import type { HelperProcess } from "./helper-process.ts";

/** What is told of a device, and of the process that it is in. */
export interface DeviceListener {
  event(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void;
  gone(reason: DeviceError): void;
}

export interface SharedProcessOptions {
  /** Its environment. Default: the program's. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Whose process is taken over, where it has nothing to do. */
  readonly helper?: HelperProcess | undefined;
}

const CLOSE_TIMEOUT_MS = 10_000;

/**
 * A capture process for the devices of one piece of hardware: it runs from the first that opens to
 * the last that closes, and is another one after a crash.
 */
export class SharedProcess {
  readonly #options: SharedProcessOptions;
  #starting: Promise<CaptureProcess> | undefined;
  #current: CaptureProcess | undefined;
  #listeners = new Set<DeviceListener>();

  constructor(options: SharedProcessOptions = {}) {
    this.#options = options;
  }

  /**
   * Has the process run until {@link release}.
   * @throws DeviceError when it doesn't start; then there is nothing to release
   */
  async acquire(listener: DeviceListener): Promise<CaptureProcess> {
    const starting = (this.#starting ??= this.#start());
    this.#listeners.add(listener);
    try {
      return await starting;
    } catch (error) {
      if (this.#starting === starting) this.#forget();
      throw error;
    }
  }

  /** Closes a device; resolves when it is free. The last one ends the process. */
  async release(listener: DeviceListener, process: CaptureProcess, device: number): Promise<void> {
    this.#listeners.delete(listener);
    if (process !== this.#current) return await process.close();
    if (this.#listeners.size === 0) {
      this.#forget();
      await process.close();
      return;
    }
    // A process that is gone has closed it too.
    await process.request({ type: "closeDevice", device }, CLOSE_TIMEOUT_MS).catch(() => undefined);
  }

  async #start(): Promise<CaptureProcess> {
    const { env, helper } = this.#options;
    const listeners = this.#listeners;
    const events = {
      event: (event: ProcessEvent, payload: Uint8Array<ArrayBuffer>) => {
        for (const listener of listeners) listener.event(event, payload);
      },
      gone: (reason: DeviceError) => {
        if (this.#listeners === listeners) this.#forget();
        for (const listener of listeners) listener.gone(reason);
      },
    };
    const taken = await helper?.take();
    taken?.handOver(events);
    this.#current = taken ?? (await CaptureProcess.start(events, env));
    return this.#current;
  }

  /** The next device starts another. */
  #forget(): void {
    this.#starting = undefined;
    this.#current = undefined;
    this.#listeners = new Set();
  }
}
