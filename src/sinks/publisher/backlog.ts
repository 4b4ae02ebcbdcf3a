/**
 * What was given to an output and isn't written yet. Full from `maximumUs` of media on, until half
 * of it is written: what comes meanwhile is left out, so that an audience behind a slow network sees
 * the present with gaps, and the memory stays flat.
 */
export class Backlog {
  readonly #maximumUs: number;
  /** When each was captured, and when it was given; the oldest first. */
  readonly #waiting: { readonly capturedUs: number; readonly givenUs: number }[] = [];
  #isFull = false;

  /** @param maximumUs - µs of media that may wait */
  constructor(maximumUs: number) {
    this.#maximumUs = maximumUs;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** How much media waits, in µs, up to what is captured at `capturedUs`. */
  delayUs(capturedUs: number): number {
    const [oldest] = this.#waiting;
    return oldest === undefined ? 0 : Math.max(0, capturedUs - oldest.capturedUs);
  }

  /** How long the oldest has waited, in µs. */
  ageUs(nowUs: number): number {
    const [oldest] = this.#waiting;
    return oldest === undefined ? 0 : nowUs - oldest.givenUs;
  }

  /** Whether something captured at `capturedUs` has room. */
  takes(capturedUs: number): boolean {
    const delayUs = this.delayUs(capturedUs);
    this.#isFull = delayUs > (this.#isFull ? this.#maximumUs / 2 : this.#maximumUs);
    return !this.#isFull;
  }

  add(capturedUs: number, nowUs: number): void {
    this.#waiting.push({ capturedUs, givenUs: nowUs });
  }

  /** The oldest is written. */
  written(): void {
    this.#waiting.shift();
  }
}
