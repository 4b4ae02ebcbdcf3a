/** Frame intervals without a frame after which a device counts as stalled … */
const INTERVALS = 10;
/** … but never sooner than this. */
const LEAST_MS = 1_000;
/** Time to the first frame: cameras warm up, and screens are only sent when they change. */
const START_MS = 5_000;
/** Who looks this much later than it wanted to stood still itself, and knows nothing of the device. */
const OVERSLEPT_MS = 250;

/**
 * How long a device that gives frames may give none before it counts as stalled, and so as muted.
 * No driver reports that: the capture process, a backend in the program and the engine go by this.
 */
export function stallLimitMs(framesPerSecond: number): number {
  return Math.max(LEAST_MS, (INTERVALS * 1000) / framesPerSecond);
}

/** The time that a {@link StallWatch} goes by. */
export interface StallClock {
  /** µs */
  nowUs(): number;
  /** Returns what cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void;
}

/** Notices that frames which should come don't, and that they come again. */
export class StallWatch {
  readonly #clock: StallClock;
  readonly #onChange: (isStalled: boolean) => void;
  #limitMs = LEAST_MS;
  #lastUs = 0;
  #fed = false;
  #stalled = false;
  #cancel: (() => void) | undefined;

  /** `onChange` is called when it is stalled, and when it is no more. */
  constructor(clock: StallClock, onChange: (isStalled: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Whether frames that should come don't. */
  get isStalled(): boolean {
    return this.#stalled;
  }

  /** Begins to expect frames. @param framesPerSecond default: pieces of sound */
  watch(framesPerSecond = 100): void {
    this.stop();
    this.#limitMs = stallLimitMs(framesPerSecond);
    this.#fed = false;
    this.#lastUs = this.#clock.nowUs();
    this.#wait(START_MS);
  }

  /** A frame came. */
  feed(): void {
    this.#lastUs = this.#clock.nowUs();
    if (!this.#fed && this.#cancel !== undefined) {
      this.#fed = true;
      this.#cancel();
      this.#wait(this.#limitMs);
    }
    if (!this.#stalled) return;
    this.#stalled = false;
    this.#onChange(false);
  }

  /** The device begins anew. */
  reset(): void {
    this.stop();
    this.#stalled = false;
  }

  /** Expects nothing any more; whether it is stalled is as it was. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(ms: number): void {
    const dueUs = this.#clock.nowUs() + ms * 1000;
    this.#cancel = this.#clock.setTimeout(() => {
      if (this.#clock.nowUs() - dueUs > OVERSLEPT_MS * 1000) this.#wait(ms);
      else this.#check();
    }, ms);
  }

  /** One timer in a while instead of a new one with each frame. */
  #check(): void {
    const silentMs = (this.#clock.nowUs() - this.#lastUs) / 1000;
    const limitMs = this.#fed ? this.#limitMs : START_MS;
    const isLate = silentMs >= limitMs;
    this.#wait(isLate ? limitMs : limitMs - silentMs);
    if (!isLate || this.#stalled) return;
    this.#stalled = true;
    this.#onChange(true);
  }
}
