import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import type { CountsSnapshot, ExposedCounts } from "./exposed-counts.ts";

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

  get deliveredFrames(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.deliveredFrames;
  }

  get deliveredFramesDuration(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.deliveredFramesDuration;
  }

  /** What was delivered, and what was lost. */
  get totalFrames(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.totalFrames;
  }

  get totalFramesDuration(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.totalFramesDuration;
  }

  /** From the newest sound to its delivery. */
  get latency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.latency;
  }

  /** Since the last {@link resetLatency}, as are the next two. */
  get averageLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.averageLatency;
  }

  get minimumLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.minimumLatency;
  }

  get maximumLatency(): number {
    return mediaStreamTrackAudioStatsBrand.slotsOf(this).now.maximumLatency;
  }

  /** Average, minimum and maximum begin anew with the latest latency. */
  resetLatency(): void {
    mediaStreamTrackAudioStatsBrand.slotsOf(this).resetLatency();
  }

  toJSON(): Omit<CountsSnapshot, "discardedFrames"> {
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
