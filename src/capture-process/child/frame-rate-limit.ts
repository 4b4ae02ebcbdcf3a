/** Leaves out what exceeds a frame rate, on a schedule so that the average is right. */
export class FrameRateLimit {
  readonly #intervalUs: number;
  #nextDueUs = -Infinity;

  constructor(frameRate: number) {
    this.#intervalUs = 1e6 / frameRate;
  }

  /** Whether a picture of this moment is due. */
  takes(timestampUs: number): boolean {
    const slackUs = this.#intervalUs / 4;
    if (timestampUs < this.#nextDueUs - slackUs) return false;
    const isLate = timestampUs > this.#nextDueUs + this.#intervalUs;
    this.#nextDueUs = (isLate ? timestampUs : this.#nextDueUs) + this.#intervalUs;
    return true;
  }
}
