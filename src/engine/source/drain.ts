import type { Clock } from "../contract.ts";

/** What hasn't come to its end by then is cut off, so that the device is released. */
const TIMEOUT_MS = 3000;

/** Waits for the encoders of stopped tracks to come to their end. */
export class Drain {
  readonly #clock: Clock;
  #drained: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(drained: Promise<void>): void {
    this.#drained = Promise.all([this.#drained, drained]);
  }

  /** Resolves when all of them did, or after some time. */
  async settled(): Promise<void> {
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.setTimeout(resolve, TIMEOUT_MS);
    });
    await Promise.race([this.#drained, late]);
    cancel?.();
  }

  /** Waits no more for those so far. */
  clear(): void {
    this.#drained = Promise.resolve();
  }
}
