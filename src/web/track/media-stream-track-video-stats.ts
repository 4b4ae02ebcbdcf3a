import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import type { ExposedCounts } from "./track-stats.ts";

export const mediaStreamTrackVideoStatsBrand = new Brand<ExposedCounts, MediaStreamTrackVideoStats>(
  "MediaStreamTrackVideoStats",
);

/**
 * How many pictures of a device came through since the track began.
 *
 * @see https://w3c.github.io/mediacapture-extensions/#the-mediastreamtrackvideostats-interface
 */
export class MediaStreamTrackVideoStats {
  private constructor() {
    throw new TypeError("Illegal constructor");
  }

  /** Pictures that were shown, read or encoded, or could have been. */
  get deliveredFrames(): number {
    return mediaStreamTrackVideoStatsBrand.slotsOf(this).now.deliveredFrames;
  }

  /** Pictures that were left out to meet a lower `frameRate`. */
  get discardedFrames(): number {
    return mediaStreamTrackVideoStatsBrand.slotsOf(this).now.discardedFrames;
  }

  /** Delivered and discarded frames, and those that were lost since a consumer was too slow. */
  get totalFrames(): number {
    return mediaStreamTrackVideoStatsBrand.slotsOf(this).now.totalFrames;
  }

  /** The counts as a plain object. */
  toJSON(): Pick<
    MediaStreamTrackVideoStats,
    "deliveredFrames" | "discardedFrames" | "totalFrames"
  > {
    const { now } = mediaStreamTrackVideoStatsBrand.slotsOf(this);
    const { deliveredFrames, discardedFrames, totalFrames } = now;
    return { deliveredFrames, discardedFrames, totalFrames };
  }
}

/** The IDL of {@link MediaStreamTrackVideoStats}. */
export const mediaStreamTrackVideoStatsInterface = defineInterface({
  brand: mediaStreamTrackVideoStatsBrand,
  class: MediaStreamTrackVideoStats,
  operations: { toJSON: operation() },
});
