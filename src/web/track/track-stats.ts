import type { Track } from "../../engine/contract.ts";
import { mediaStreamTrackAudioStatsBrand } from "./media-stream-track-audio-stats.ts";
import type { MediaStreamTrackAudioStats } from "./media-stream-track-audio-stats.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import { mediaStreamTrackVideoStatsBrand } from "./media-stream-track-video-stats.ts";
import type { MediaStreamTrackVideoStats } from "./media-stream-track-video-stats.ts";
import { createObject } from "../../webidl/create-object.ts";

/** What a track's `stats` are: null for one that captures no device. */
export type MediaStreamTrackStats = MediaStreamTrackAudioStats | MediaStreamTrackVideoStats;

/**
 * The same object each time.
 * @see https://w3c.github.io/mediacapture-extensions/#dom-mediastreamtrack-stats
 */
export function statsOf(slots: MediaStreamTrackSlots): MediaStreamTrackStats | null {
  const { realm, track } = slots;
  if (!track.source.device) return null;
  slots.stats ??=
    track.kind === "audio"
      ? createObject(realm, mediaStreamTrackAudioStatsBrand, new ExposedCounts(track))
      : createObject(realm, mediaStreamTrackVideoStatsBrand, new ExposedCounts(track));
  return slots.stats;
}

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
