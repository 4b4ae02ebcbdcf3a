import type { Clock } from "../../engine/contract.ts";

/** Time between two `timeupdate` events, which HTML wants to be 15 to 250 ms. */
const TIME_UPDATE_MS = 125;

/**
 * Where playback is: it starts at 0, and goes on in real time, or at another rate, while it runs.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#current-playback-position
 */
export class PlaybackPosition {
  readonly #clock: Clock;
  readonly #onUpdate: () => void;
  #elapsedUs = 0;
  #countedUpToUs: number | undefined;
  #rate = 1;
  #limitUs = Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, onUpdate: () => void) {
    this.#clock = clock;
    this.#onUpdate = onUpdate;
  }

  /** Seconds, as of the last {@link advance}: it must not change while a script looks. */
  get seconds(): number {
    return this.#elapsedUs / 1e6;
  }

  /** µs, as of the last {@link advance} */
  get us(): number {
    return this.#elapsedUs;
  }

  get isRunning(): boolean {
    return this.#countedUpToUs !== undefined;
  }

  /** Brings it up to now. */
  advance(): void {
    if (this.#countedUpToUs === undefined) return;
    const nowUs = this.#clock.nowUs();
    const elapsedUs = this.#elapsedUs + (nowUs - this.#countedUpToUs) * this.#rate;
    this.#elapsedUs = Math.min(elapsedUs, this.#limitUs);
    this.#countedUpToUs = nowUs;
  }

  /** The end of what is played: it goes no further. */
  setLimit(limitUs: number): void {
    this.#limitUs = limitUs;
  }

  /** Goes on from elsewhere. */
  moveTo(positionUs: number): void {
    this.advance();
    this.#elapsedUs = positionUs;
  }

  /** Lets it run at a rate, or stops it where it is. */
  setRunning(running: boolean, rate = 1): void {
    this.advance();
    this.#rate = rate;
    if (running === this.isRunning) return;
    this.#countedUpToUs = running ? this.#clock.nowUs() : undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (running) this.#schedule();
  }

  /** When it is, or was, at this position while it runs as it does: µs on the clock. */
  momentOf(positionUs: number): number {
    const sinceUs = this.#countedUpToUs ?? this.#clock.nowUs();
    return sinceUs + (positionUs - this.#elapsedUs) / this.#rate;
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.advance();
      this.#onUpdate();
      if (this.isRunning) this.#schedule();
    }, TIME_UPDATE_MS);
  }
}
