/** Timestamps wander by this much for reasons that nobody hears (scheduling, a driver's blocks). */
const toleranceUs = 40_000;

/** How much of the distance to the clock is corrected with each chunk. */
const correction = 1 / 32;

/**
 * Lays audio chunks end to end on a recording's timeline. A sound card counts its samples a little
 * faster or slower than the clock runs: timestamps follow the clock slowly, so that there are no
 * holes and sound stays with the picture however long the recording is. A real hole (a device that
 * stalled) is left open, and a chunk that a pause has cut in two goes to the nearer side, so that
 * pauses don't add up.
 */
export class AudioPlacement {
  #endUs: number | undefined;

  /**
   * Where a chunk belongs; undefined when there is no room for it.
   *
   * @param timestampUs - on the recording's timeline
   */
  place(timestampUs: number, durationUs: number): number | undefined {
    const expectedUs = this.#endUs ?? timestampUs;
    const errorUs = timestampUs - expectedUs;
    if (errorUs < -Math.max(toleranceUs, durationUs / 2)) return undefined;
    const placedUs =
      errorUs > Math.max(toleranceUs, durationUs / 2)
        ? timestampUs
        : expectedUs + Math.round(errorUs * correction);
    this.#endUs = placedUs + durationUs;
    return placedUs;
  }
}
