/** A clock that is further off than this isn't the monotonic one. */
const SAME_CLOCK_US = 10_000_000;
/** A step of a foreign clock against ours; it was set, or the machine slept. */
const JUMP_US = 500_000;
/** Quartz drifts; the offset may grow by 50 parts in a million. */
const DRIFT = 50e-6;

/**
 * Maps a driver's time stamps to the monotonic clock. Where they count from something else, the
 * quickest frame so far tells by how much: a frame can be late, never early.
 */
export class TimestampMapper {
  readonly #isMonotonic: boolean;
  #offsetUs: number | undefined;
  #lastArrivalUs = 0;

  constructor(clock: "monotonic" | "other") {
    this.#isMonotonic = clock === "monotonic";
  }

  /**
   * @param stampUs what the driver says; undefined where it says nothing
   * @param arrivalUs when the frame was read
   */
  map(stampUs: number | undefined, arrivalUs: number): number {
    if (stampUs === undefined) return arrivalUs;
    if (this.#isMonotonic && Math.abs(arrivalUs - stampUs) < SAME_CLOCK_US) {
      return Math.min(stampUs, arrivalUs);
    }
    const offsetUs = arrivalUs - stampUs;
    const known = this.#offsetUs;
    if (known === undefined || Math.abs(offsetUs - known) > JUMP_US) this.#offsetUs = offsetUs;
    else {
      const drifted = known + (arrivalUs - this.#lastArrivalUs) * DRIFT;
      this.#offsetUs = Math.min(drifted, offsetUs);
    }
    this.#lastArrivalUs = arrivalUs;
    return Math.min(stampUs + this.#offsetUs, arrivalUs);
  }
}
