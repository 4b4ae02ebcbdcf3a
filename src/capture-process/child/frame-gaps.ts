import { stallLimitMs } from "../../contract/stall-watch.ts";

/** Intervals that show at which pace a camera runs. */
const WINDOW = 9;
/** As many of them may be out of the ordinary. */
const MAX_ODD = 1;
/** Nearer than this to their median, intervals are regular. */
const REGULAR = 0.15;

/**
 * Tells from the timestamps of a camera's frames how many of them the driver lost: FFmpeg keeps the
 * numbers that drivers give their frames to itself.
 *
 * A camera that runs slower than its mode says (in the dark, most do) loses nothing: as soon as its
 * intervals are regular, they are its pace. A gap of {@link stallLimitMs} or more isn't counted: the
 * device counts as muted in that time.
 */
export class FrameGaps {
  readonly #modeIntervalUs: number;
  readonly #longestUs: number;
  readonly #recent: number[] = [];
  #paceUs: number;
  #lastUs: number | undefined;

  /** @param frameRate of the camera's mode */
  constructor(frameRate: number) {
    this.#modeIntervalUs = 1e6 / frameRate;
    this.#paceUs = this.#modeIntervalUs;
    this.#longestUs = stallLimitMs(frameRate) * 1000;
  }

  /** How many frames are missing between the last frame and this one. */
  lostBefore(timestampUs: number): number {
    const intervalUs = this.#lastUs === undefined ? 0 : timestampUs - this.#lastUs;
    this.#lastUs = timestampUs;
    if (intervalUs <= 0 || intervalUs >= this.#longestUs) {
      this.#recent.length = 0;
      return 0;
    }
    this.#follow(intervalUs);
    return Math.max(0, Math.round(intervalUs / this.#paceUs) - 1);
  }

  #follow(intervalUs: number): void {
    this.#recent.push(intervalUs);
    if (this.#recent.length > WINDOW) this.#recent.shift();
    if (this.#recent.length < WINDOW) return;
    const median = this.#recent.toSorted((one, other) => one - other)[WINDOW >> 1] ?? 0;
    const odd = this.#recent.filter((us) => Math.abs(us - median) > median * REGULAR);
    if (odd.length <= MAX_ODD) this.#paceUs = Math.max(this.#modeIntervalUs, median);
  }
}

/**
 * The schedule of a screen, which gives a picture whenever it is asked: FFmpeg asks late on a busy
 * machine, and makes up for it with pictures in quick succession, all of the present.
 */
export class FrameSchedule {
  readonly #intervalUs: number;
  /** When the next picture is due. */
  #dueUs: number | undefined;
  #lastUs = -Infinity;

  constructor(frameRate: number) {
    this.#intervalUs = 1e6 / frameRate;
  }

  /**
   * How many pictures were due before this one and didn't come; undefined for one that makes up for
   * a picture that was counted as lost, to be left out.
   */
  lostBefore(timestampUs: number): number | undefined {
    const sinceUs = timestampUs - this.#lastUs;
    this.#dueUs ??= timestampUs;
    const lateUs = timestampUs - this.#dueUs;
    if (lateUs < 0 && sinceUs < this.#intervalUs / 2) return undefined;
    this.#lastUs = timestampUs;
    const lost = Math.max(0, Math.floor(lateUs / this.#intervalUs));
    // Where a picture comes before its time, the schedule was late from the beginning.
    this.#dueUs = Math.min(this.#dueUs, timestampUs) + (lost + 1) * this.#intervalUs;
    return lost;
  }
}
