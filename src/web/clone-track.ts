import { createTrack } from "./create-track.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";

/**
 * Deviates: `enabled` is copied too, as in every browser; the spec's list leaves it out.
 * @see https://w3c.github.io/mediacapture-main/#track-clone
 */
export function cloneTrack(slots: MediaStreamTrackSlots): MediaStreamTrack {
  const { contentHint, createObject, families, label, liveTracks, readyState, realm, track } =
    slots;
  const clone = track.clone();
  clone.enabled = track.enabled;
  if (readyState === "ended") clone.stop();
  const constraints = structuredClone(slots.constraints);
  const init = { constraints, contentHint, createObject, families, label, liveTracks, readyState };
  return createTrack(realm, clone, init);
}
