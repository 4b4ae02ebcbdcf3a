import type { TimeRange } from "./time-ranges.ts";

/** Which parts of a file were played. */
export class PlayedRanges {
  #ranges: readonly TimeRange[] = [];
  #from = 0;

  /** In order, none touching another. */
  get all(): readonly TimeRange[] {
    return this.#ranges;
  }

  /** It is here now: was played up to it, or stands still. */
  note(seconds: number, isRunning: boolean): void {
    if (isRunning) this.#add(this.#from, seconds);
    else this.#from = seconds;
  }

  /** It goes on from here. */
  moveTo(seconds: number): void {
    this.#from = seconds;
  }

  #add(start: number, end: number): void {
    if (end <= start) return;
    const apart = this.#ranges.filter(([from, to]) => to < start || from > end);
    const joined = this.#ranges.filter((range) => !apart.includes(range));
    const from = Math.min(start, ...joined.map(([first]) => first));
    const to = Math.max(end, ...joined.map(([, last]) => last));
    this.#ranges = [...apart, [from, to] as const].toSorted(([one], [other]) => one - other);
  }
}
