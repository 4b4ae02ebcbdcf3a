/** Longer holes than this stay open, where a chunk isn't longer itself: a device that stalled. */
const toleranceUs = 40_000;

/** Timestamps and durations are whole µs, so that a chunk and the one before it rarely meet exactly. */
const roundingUs = 2;

/**
 * Lays chunks of sound end to end on a recording's timeline, since players put their samples end to
 * end whatever the timestamps say. A chunk that a pause has cut in two is kept where the sound is
 * nearer to its time with it than without: sound stays within half a chunk of the pictures however
 * many pauses there are. Between pauses, encoders keep it at the clock.
 */
export class AudioPlacement {
  #endUs: number | undefined;
  /** From a chunk's own time to its place; changes where a pause was cut out. */
  #shiftUs = 0;

  /**
   * Where a chunk belongs; undefined when there is no room for it.
   *
   * @param timestampUs - on the recording's timeline
   */
  place(timestampUs: number, durationUs: number): number | undefined {
    const expectedUs = this.#endUs ?? timestampUs;
    const errorUs = timestampUs - expectedUs;
    if (errorUs < -durationUs / 2) return undefined;
    if (errorUs > Math.max(toleranceUs, durationUs)) this.#shiftUs = 0;
    else if (Math.abs(errorUs + this.#shiftUs) > roundingUs) this.#shiftUs = -errorUs;
    const placedUs = timestampUs + this.#shiftUs;
    this.#endUs = placedUs + durationUs;
    return placedUs;
  }
}
