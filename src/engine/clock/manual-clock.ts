import type { Clock } from "../contract.ts";
import { realImmediate } from "./real-immediate.ts";

interface Timer {
  readonly dueUs: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #epochMs: number;
  #nowUs: number;

  constructor({ startUs = 1_000_000, epochMs = 0 } = {}) {
    this.#nowUs = startUs;
    this.#epochMs = epochMs - startUs / 1000;
  }

  nowUs(): number {
    return Math.floor(this.#nowUs);
  }

  wallMs(): number {
    return this.#epochMs + this.#nowUs / 1000;
  }

  /** Calls `callback` once the clock was advanced by `delayMs`. Returns what cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void {
    const timer = { dueUs: this.#nowUs + Math.max(0, delayMs) * 1000, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves time on, calling what falls due at its own moment and in its order; after each call,
   * what it started (promises, I/O callbacks) has its turn.
   */
  async advance(ms: number): Promise<void> {
    const endUs = this.#nowUs + ms * 1000;
    await turn();
    for (let timer = this.#next(endUs); timer !== undefined; timer = this.#next(endUs)) {
      this.#timers.delete(timer);
      this.#nowUs = Math.max(this.#nowUs, timer.dueUs);
      timer.callback();
      await turn();
    }
    this.#nowUs = endUs;
  }

  #next(endUs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueUs <= endUs && (next === undefined || timer.dueUs < next.dueUs)) next = timer;
    }
    return next;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => realImmediate(resolve));
}
