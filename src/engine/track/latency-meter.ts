/** How long sound is under way before it is delivered: the latest, and since the last reset. In µs. */
export class LatencyMeter {
  latestUs = 0;
  minimumUs = 0;
  maximumUs = 0;
  #sumUs = 0;
  #count = 0;

  get averageUs(): number {
    if (this.#count === 0) return this.latestUs;
    const averageUs = this.#sumUs / this.#count;
    return Math.min(Math.max(averageUs, this.minimumUs), this.maximumUs);
  }

  add(latencyUs: number): void {
    this.latestUs = latencyUs;
    this.minimumUs = this.#count === 0 ? latencyUs : Math.min(this.minimumUs, latencyUs);
    this.maximumUs = this.#count === 0 ? latencyUs : Math.max(this.maximumUs, latencyUs);
    this.#sumUs += latencyUs;
    this.#count += 1;
  }

  /** Forgets all but the latest. */
  reset(): void {
    this.#count = 0;
    this.#sumUs = 0;
    this.add(this.latestUs);
  }
}
