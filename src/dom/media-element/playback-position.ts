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
  #runningSinceUs: number | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, onUpdate: () => void) {
    this.#clock = clock;
    this.#onUpdate = onUpdate;
  }

  /** Seconds */
  get seconds(): number {
    const since = this.#runningSinceUs;
    const running = since === undefined ? 0 : this.#clock.nowUs() - since;
    return (this.#elapsedUs + running) / 1e6;
  }

  /** Lets it run, or stops it where it is. */
  setRunning(running: boolean): void {
    if (running === (this.#runningSinceUs !== undefined)) return;
    this.#elapsedUs = this.seconds * 1e6;
    this.#runningSinceUs = running ? this.#clock.nowUs() : undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (running) this.#schedule();
  }

  #schedule(): void {
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#onUpdate();
      if (this.#runningSinceUs !== undefined) this.#schedule();
    }, TIME_UPDATE_MS);
  }
}
