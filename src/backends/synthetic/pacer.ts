/** The time that synthetic devices live in; the engine's clock is one. */
export interface SyntheticClock {
  /** µs, monotonic */
  nowUs(): number;
  /** ms since the epoch */
  wallMs(): number;
  /** Returns what cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void;
}

/** When the program stood still for longer than this, what was missed is dropped. */
const MAX_BACKLOG_US = 1_000_000;

/**
 * Calls once for each period of an absolute schedule: period n begins at n / rate seconds on the
 * clock, whoever asks and whenever it started, so nothing drifts and all devices agree.
 */
export class Pacer {
  readonly #clock: SyntheticClock;
  readonly #rate: number;
  readonly #onPeriod: (startUs: number, dropped: number) => void;
  #next: number;
  #cancel: (() => void) | undefined;

  /** `rate` in periods per second; `onPeriod` is told how many it missed before this one. */
  constructor(
    clock: SyntheticClock,
    rate: number,
    onPeriod: (startUs: number, dropped: number) => void,
  ) {
    this.#clock = clock;
    this.#rate = rate;
    this.#onPeriod = onPeriod;
    this.#next = Math.ceil((clock.nowUs() * rate) / 1e6);
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Calls for the periods that have begun by now. */
  catchUp(): void {
    if (this.#cancel === undefined || this.#clock.nowUs() < this.#startUs(this.#next)) return;
    this.#cancel();
    this.#catchUp();
  }

  #startUs(period: number): number {
    return Math.round((period * 1e6) / this.#rate);
  }

  #wait(): void {
    const delayMs = (this.#startUs(this.#next) - this.#clock.nowUs()) / 1000;
    this.#cancel = this.#clock.setTimeout(() => this.#catchUp(), Math.max(0, Math.ceil(delayMs)));
  }

  #catchUp(): void {
    const nowUs = this.#clock.nowUs();
    let dropped = 0;
    if (nowUs - this.#startUs(this.#next) > MAX_BACKLOG_US) {
      const current = Math.floor((nowUs * this.#rate) / 1e6);
      dropped = current - this.#next;
      this.#next = current;
    }
    while (this.#cancel !== undefined && this.#startUs(this.#next) <= nowUs) {
      const startUs = this.#startUs(this.#next);
      this.#next += 1;
      this.#onPeriod(startUs, dropped);
      dropped = 0;
    }
    if (this.#cancel !== undefined) this.#wait();
  }
}
