import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

/** @see https://w3c.github.io/mediacapture-extensions/#the-mediastreamtrackvideostats-interface */
export interface MediaStreamTrackVideoStats {
  /** Frames that were given to sinks: encoded, read. */
  readonly deliveredFrames: number;
  /** Frames that were left out since a sink was too slow. */
  readonly discardedFrames: number;
  /** Both. */
  readonly totalFrames: number;
}

/**
 * A track's counts as they are now.
 *
 * Deviates: a plain object, new at each call, where the specification has a live interface.
 */
export function videoStatsOf({ track }: MediaStreamTrackSlots): MediaStreamTrackVideoStats | null {
  if (track.kind === "audio") return null;
  const { deliveredFrames, droppedFrames } = track;
  return {
    deliveredFrames,
    discardedFrames: droppedFrames,
    totalFrames: deliveredFrames + droppedFrames,
  };
}
