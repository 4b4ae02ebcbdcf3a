import type { Clock } from "../contract.ts";

/** Long enough for a person to see that the light goes out for that; the limit is three seconds. */
const DELAY_MS = 2_000;

/**
 * Has a device let go some time after nothing of it is shown any more.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-relinquish-the-device
 */
export class IdleDevice {
  readonly #clock: Clock;
  readonly #relinquish: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, relinquish: () => void) {
    this.#clock = clock;
    this.#relinquish = relinquish;
  }

  /** Whether the device runs though nothing of it is shown. */
  setIdle(idle: boolean): void {
    if (!idle) this.stop();
    else
      this.#cancel ??= this.#clock.setTimeout(() => {
        this.#cancel = undefined;
        this.#relinquish();
      }, DELAY_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
