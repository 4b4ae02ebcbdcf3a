/** Time stamps wander from block to block; only what stays is drift. */
const SMOOTHING_US = 2_500_000;
/** The time in which a difference is made good: 5 ms remain of a clock that is 500 ppm off. */
const HORIZON_US = 10_000_000;
/** Less than this is left alone, so that sound that doesn't drift stays as it is, bit for bit. */
const START_US = 3_000;
/** How often the rate is set anew. */
const INTERVAL_US = 500_000;
/** A rate that is further off would be heard; no sound card is. */
const MAX_RATE = 0.005;

/**
 * Says how much faster or slower samples must be made to stay at the time that they belong to: a
 * sound card's clock isn't the machine's, and 100 ppm are a third of a second in an hour.
 */
export class DriftControl {
  #errorUs = 0;
  #lastUs: number | undefined;
  #setUs = -Infinity;
  #isCorrecting = false;

  /**
   * @param errorUs how far the next block's time stamp is ahead of the samples so far
   * @param timestampUs the block's time stamp
   * @returns by which part of them more samples are needed; nothing where that is as before
   */
  follow(errorUs: number, timestampUs: number): number | undefined {
    const elapsedUs = timestampUs - (this.#lastUs ?? timestampUs);
    this.#lastUs = timestampUs;
    this.#errorUs += (errorUs - this.#errorUs) * Math.min(1, Math.max(0, elapsedUs / SMOOTHING_US));
    this.#isCorrecting ||= Math.abs(this.#errorUs) > START_US;
    if (!this.#isCorrecting || timestampUs - this.#setUs < INTERVAL_US) return undefined;
    this.#setUs = timestampUs;
    return Math.max(-MAX_RATE, Math.min(MAX_RATE, this.#errorUs / HORIZON_US));
  }

  /** What was off has been made good in another way. */
  reset(): void {
    this.#errorUs = 0;
    this.#lastUs = undefined;
    this.#setUs = -Infinity;
  }
}
