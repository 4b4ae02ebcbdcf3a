import type { Track } from "../../engine/contract.ts";

/** A track's counts as scripts see them: those of one moment, in milliseconds. */
export interface CountsSnapshot {
  readonly deliveredFrames: number;
  readonly discardedFrames: number;
  readonly totalFrames: number;
  readonly deliveredFramesDuration: number;
  readonly totalFramesDuration: number;
  readonly latency: number;
  readonly averageLatency: number;
  readonly minimumLatency: number;
  readonly maximumLatency: number;
}

/** The slots of a track's statistics. */
export class ExposedCounts {
  readonly #track: Track;
  #snapshot: CountsSnapshot | undefined;

  constructor(track: Track) {
    this.#track = track;
    track.observeCounts();
  }

  /**
   * Stays the same until the script lets go.
   * @see https://w3c.github.io/mediacapture-extensions/#mediastreamtrack-statistics
   */
  get now(): CountsSnapshot {
    if (this.#snapshot) return this.#snapshot;
    this.#track.updateCounts();
    return this.#take();
  }

  /** @see https://w3c.github.io/mediacapture-extensions/#dom-mediastreamtrackaudiostats-resetlatency */
  resetLatency(): void {
    this.#track.counts.latency.reset();
    this.#take();
  }

  #take(): CountsSnapshot {
    const { counts } = this.#track;
    const { deliveredUs, delivered, discarded, dropped, latency, totalUs } = counts;
    const snapshot = {
      deliveredFrames: delivered,
      discardedFrames: discarded,
      totalFrames: delivered + discarded + dropped,
      deliveredFramesDuration: deliveredUs / 1000,
      totalFramesDuration: totalUs / 1000,
      latency: latency.latestUs / 1000,
      averageLatency: latency.averageUs / 1000,
      minimumLatency: latency.minimumUs / 1000,
      maximumLatency: latency.maximumUs / 1000,
    };
    this.#snapshot = snapshot;
    queueMicrotask(() => (this.#snapshot = undefined));
    return snapshot;
  }
}
