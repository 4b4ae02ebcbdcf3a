import type { Clock } from "../../engine/contract.ts";

/** Time between two `timeupdate` events, which HTML wants to be 15 to 250 ms. */
const TIME_UPDATE_MS = 125;

/**
 * The position of a live stream: it starts at 0, and goes on in real time while it runs.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements (currentTime)
 */
export class PlaybackPosition {
  readonly #clock: Clock;
  readonly #onUpdate: () => void;
  #elapsedUs = 0;
  #countedUpToUs: number | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, onUpdate: () => void) {
    this.#clock = clock;
    this.#onUpdate = onUpdate;
  }

  /** Seconds, as of the last {@link advance}: it must not change while a script looks. */
  get seconds(): number {
    return this.#elapsedUs / 1e6;
  }

  /** Brings it up to now. */
  advance(): void {
    if (this.#countedUpToUs === undefined) return;
    const nowUs = this.#clock.nowUs();
    this.#elapsedUs += nowUs - this.#countedUpToUs;
    this.#countedUpToUs = nowUs;
  }

  /** Lets it run, or stops it where it is. */
  setRunning(running: boolean): void {
    if (running === (this.#countedUpToUs !== undefined)) return;
    this.advance();
    this.#countedUpToUs = running ? this.#clock.nowUs() : undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (running) this.#schedule();
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.advance();
      this.#onUpdate();
      if (this.#countedUpToUs !== undefined) this.#schedule();
    }, TIME_UPDATE_MS);
  }
}
