/** A list of at most one range of seconds, which starts at 0. */
export class TimeRanges {
  readonly #end: number;
  readonly #indexSizeError: () => DOMException;

  /**
   * @param end - 0 for an empty list
   * @param indexSizeError - makes the error for an index that isn't there
   */
  constructor(end: number, indexSizeError: () => DOMException) {
    this.#end = end;
    this.#indexSizeError = indexSizeError;
  }

  get length(): number {
    return this.#end > 0 ? 1 : 0;
  }

  /** Seconds */
  start(index: number): number {
    this.#check(index);
    return 0;
  }

  /** Seconds */
  end(index: number): number {
    this.#check(index);
    return this.#end;
  }

  #check(index: number): void {
    if (index < 0 || index >= this.length) throw this.#indexSizeError();
  }
}
