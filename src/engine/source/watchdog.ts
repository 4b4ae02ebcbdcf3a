import type { Clock } from "../contract.ts";

/** Frame intervals without a frame after which a source counts as stalled … */
const INTERVALS = 10;
/** … but never sooner than this. */
const MIN_MS = 1000;
/** Time to the first frame: cameras warm up, and screens are only sent when they change. */
const START_MS = 5000;

/** Notices that frames which should come don't, and that they come again. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #limitMs = MIN_MS;
  #lastUs = 0;
  #fed = false;
  #stalled = false;
  #cancel: (() => void) | undefined;

  /** `onChange` is called when it is stalled, and when it is no more. */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Whether frames that should come don't. */
  get isStalled(): boolean {
    return this.#stalled;
  }

  /** Begins to expect frames, `frameRate` of them in a second. */
  watch(frameRate: number | undefined): void {
    this.stop();
    this.#limitMs = Math.max(MIN_MS, (INTERVALS * 1000) / (frameRate ?? 100));
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
    this.#onChange();
  }

  /** The source begins anew. */
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
    this.#cancel = this.#clock.setTimeout(() => this.#check(), ms);
  }

  /** One timer in a while instead of a new one with each frame. */
  #check(): void {
    const silentMs = (this.#clock.nowUs() - this.#lastUs) / 1000;
    const limitMs = this.#fed ? this.#limitMs : START_MS;
    const isLate = silentMs >= limitMs;
    this.#wait(isLate ? limitMs : limitMs - silentMs);
    if (!isLate || this.#stalled) return;
    this.#stalled = true;
    this.#onChange();
  }
}
