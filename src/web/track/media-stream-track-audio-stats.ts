import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import type { ExposedCounts } from "./track-stats.ts";

export const mediaStreamTrackAudioStatsBrand = new Brand<ExposedCounts, MediaStreamTrackAudioStats>(
  "MediaStreamTrackAudioStats",
);

/**
 * How much sound of a device came through since the track's statistics were asked for or something
 * took its sound, and how long it was under way. Frames are samples of a channel, times
 * milliseconds.
 *
 * @see https://w3c.github.io/mediacapture-extensions/#the-mediastreamtrackaudiostats-interface
 */
export class MediaStreamTrackAudioStats {
  private constructor() {
    throw new TypeError("Illegal constructor");
  }

  /** Samples of a channel that were read or encoded, or could have been. */
  get deliveredFrames(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.deliveredFrames;
  }

  /** ms of sound that was delivered. */
  get deliveredFramesDuration(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.deliveredFramesDuration;
  }

  /** Samples of a channel that were delivered or lost. */
  get totalFrames(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.totalFrames;
  }

  /** ms of all sound, lost sound included. */
  get totalFramesDuration(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.totalFramesDuration;
  }

  /** ms from the capture of the newest sound to its delivery. */
  get latency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.latency;
  }

  /** ms, on average since the last {@link resetLatency}. */
  get averageLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.averageLatency;
  }

  /** ms, the least since the last {@link resetLatency}. */
  get minimumLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.minimumLatency;
  }

  /** ms, the most since the last {@link resetLatency}. */
  get maximumLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.maximumLatency;
  }

  /** Average, minimum and maximum begin anew with the latest latency. */
  resetLatency(): void {
    mediaStreamTrackAudioStatsBrand.slotsOf(this).resetLatency();
  }

  /** The values as a plain object. */
  toJSON(): Omit<MediaStreamTrackAudioStats, "resetLatency" | "toJSON"> {
    const { now } = mediaStreamTrackAudioStatsBrand.slotsOf(this);
    return {
      deliveredFrames: now.deliveredFrames,
      deliveredFramesDuration: now.deliveredFramesDuration,
      totalFrames: now.totalFrames,
      totalFramesDuration: now.totalFramesDuration,
      latency: now.latency,
      averageLatency: now.averageLatency,
      minimumLatency: now.minimumLatency,
      maximumLatency: now.maximumLatency,
    };
  }
}

/** The IDL of {@link MediaStreamTrackAudioStats}. */
export const mediaStreamTrackAudioStatsInterface = defineInterface({
  brand: mediaStreamTrackAudioStatsBrand,
  class: MediaStreamTrackAudioStats,
  operations: { resetLatency: operation(), toJSON: operation() },
});
