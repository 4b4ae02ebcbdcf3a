import { createTrack } from "./create-track.ts";
import type { TrackInit } from "./create-track.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { Realm } from "../realm/realm.ts";
import { copyDictionary } from "../realm/window-gaps.ts";

/** @see https://w3c.github.io/mediacapture-main/#track-clone */
export function cloneTrack(slots: MediaStreamTrackSlots): MediaStreamTrack {
  return copyTrack(slots, slots.realm, { createObject: slots.createObject });
}

/**
 * Another track on the same source, in a realm.
 *
 * Deviates: `enabled` is copied too, as in every browser; the spec's list for clones leaves it out.
 *
 * The copy of a track whose source has died is ended, also before the original says so.
 *
 * @param init - what isn't copied
 */
export function copyTrack(
  slots: MediaStreamTrackSlots,
  realm: Realm,
  init: TrackInit,
): MediaStreamTrack {
  const { contentHint, families, grantKey, label, liveTracks, readyState, track } = slots;
  const copy = track.clone();
  copy.enabled = track.enabled;
  if (readyState === "ended") copy.stop();
  const constraints = copyDictionary(slots.constraints);
  const copied = { constraints, contentHint, families, grantKey, label, liveTracks };
  return createTrack(realm, copy, { ...copied, ...init });
}
