/** How fast a virtual device gives what it gives, as a test sets it. */
export class Pace {
  readonly #changed: () => void;
  #isFrozen = false;
  #factor = 1;
  #toDrop = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** True while the device gives nothing. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** The time a frame takes, as a multiple of what its mode says. */
  get factor(): number {
    return this.#factor;
  }

  /** Stops the device, or lets it go on. */
  setFrozen(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    this.#changed();
  }

  /** @throws RangeError unless `factor` is a finite number above 0 */
  setFactor(factor: number): void {
    if (!(factor > 0) || !Number.isFinite(factor)) {
      throw new RangeError(
        `A device can't run at 1/${factor} of its speed; give a number above 0.`,
      );
    }
    this.#factor = factor;
    this.#changed();
  }

  /** Loses the next frames, as a slow driver does. */
  dropNext(count: number): void {
    this.#toDrop += count;
  }

  /** True when the frame that is due is one of those to lose. */
  takeDrop(): boolean {
    if (this.#toDrop === 0) return false;
    this.#toDrop -= 1;
    return true;
  }
}
