/** ms that a rate is measured over. */
const WINDOW_MS = 2000;

/** How fast a count grows, of late. */
export class RateMeter {
  #samples: { readonly atMs: number; readonly count: number }[] = [];

  /** Takes the count as it is at a time, and gives its growth in a second. */
  perSecond(count: number, atMs: number): number {
    this.#samples.push({ atMs, count });
    while ((this.#samples[1]?.atMs ?? Infinity) <= atMs - WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || first.atMs === atMs) return 0;
    return ((count - first.count) * 1000) / (atMs - first.atMs);
  }
}
