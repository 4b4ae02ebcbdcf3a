/**
 * Chooses the frames that give a lower rate, by their timestamps: an absolute schedule, so that
 * the rate is right in the long run, with half an interval of the source as tolerance for jitter.
 */
export class FrameDecimator {
  readonly #intervalUs: number;
  readonly #toleranceUs: number;
  #dueUs: number | undefined;

  /** Both in frames per second. */
  constructor(sourceRate: number, targetRate: number) {
    this.#intervalUs = 1e6 / targetRate;
    this.#toleranceUs = Math.min(1e6 / sourceRate, this.#intervalUs) / 2;
  }

  takes(timestampUs: number): boolean {
    this.#dueUs ??= timestampUs;
    const late = timestampUs - this.#dueUs;
    if (late < -this.#toleranceUs && late > -2 * this.#intervalUs) return false;
    // After a gap, or a jump of the clock, the schedule starts anew here.
    const onSchedule = Math.abs(late) <= this.#intervalUs;
    this.#dueUs = (onSchedule ? this.#dueUs : timestampUs) + this.#intervalUs;
    return true;
  }
}
