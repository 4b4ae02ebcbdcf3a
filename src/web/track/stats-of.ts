import { createObject } from "../../webidl/create-object.ts";
import { ExposedCounts } from "./exposed-counts.ts";
import { mediaStreamTrackAudioStatsBrand } from "./media-stream-track-audio-stats.ts";
import type { MediaStreamTrackAudioStats } from "./media-stream-track-audio-stats.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import { mediaStreamTrackVideoStatsBrand } from "./media-stream-track-video-stats.ts";
import type { MediaStreamTrackVideoStats } from "./media-stream-track-video-stats.ts";

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
