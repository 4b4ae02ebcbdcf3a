/** Seconds */
export type TimeRange = readonly [start: number, end: number];

/**
 * A list of ranges of seconds, in order.
 * @see https://html.spec.whatwg.org/multipage/media.html#time-ranges
 */
export class TimeRanges {
  readonly #ranges: readonly TimeRange[];
  readonly #indexSizeError: () => DOMException;

  /** @param indexSizeError - makes the error for an index that isn't there */
  constructor(ranges: readonly TimeRange[], indexSizeError: () => DOMException) {
    this.#ranges = ranges;
    this.#indexSizeError = indexSizeError;
  }

  get length(): number {
    return this.#ranges.length;
  }

  /** Seconds */
  start(index: number): number {
    return this.#range(index)[0];
  }

  /** Seconds */
  end(index: number): number {
    return this.#range(index)[1];
  }

  #range(index: number): TimeRange {
    const range = this.#ranges[index];
    if (range === undefined) throw this.#indexSizeError();
    return range;
  }
}
