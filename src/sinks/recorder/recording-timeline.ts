/**
 * Maps the moments of capture to the moments of a recording: the first moment is zero, and pauses
 * are cut out. Pure; all times are µs on one monotonic clock.
 */
export class RecordingTimeline {
  #zeroUs: number | undefined;
  #endUs = Infinity;
  readonly #pauses: { fromUs: number; toUs: number }[] = [];

  /** Sets the moment that becomes 0 of the recording. */
  begin(zeroUs: number): void {
    this.#zeroUs = zeroUs;
  }

  get hasBegun(): boolean {
    return this.#zeroUs !== undefined;
  }

  pause(nowUs: number): void {
    if (this.#pauses.at(-1)?.toUs !== Infinity)
      this.#pauses.push({ fromUs: nowUs, toUs: Infinity });
  }

  resume(nowUs: number): void {
    const pause = this.#pauses.at(-1);
    if (pause?.toUs === Infinity) pause.toUs = nowUs;
  }

  /** What was captured from this moment on has no place. */
  end(nowUs: number): void {
    this.#endUs = nowUs;
  }

  /**
   * The moment in the recording; undefined for what was captured while it was paused, or after its
   * end. Never negative, and never less for a later moment.
   *
   * @param durationUs - of a chunk that may be cut: one that reaches out of a pause has the place
   *   that it would have if there were room before the moment of the pause
   */
  map(timestampUs: number, durationUs = 0): number | undefined {
    if (timestampUs >= this.#endUs) return undefined;
    const zeroUs = this.#zeroUs ?? timestampUs;
    let cut = 0;
    for (const { fromUs, toUs } of this.#pauses) {
      if (timestampUs < fromUs) break;
      if (timestampUs < toUs && timestampUs + durationUs <= toUs) return undefined;
      cut += Math.max(toUs - Math.max(fromUs, zeroUs), 0);
    }
    return Math.max(timestampUs - zeroUs - cut, 0);
  }
}
