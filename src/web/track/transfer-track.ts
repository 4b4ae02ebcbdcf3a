import { copyTrack } from "./clone-track.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { Realm } from "../realm/realm.ts";
import { stopTrack } from "./end-track.ts";

/**
 * The transfer steps and the transfer-receiving steps of a track: what is received is a new object
 * with the same id on the same source. The capture stays that of the document that began it, which
 * shows it, can be denied it, and ends it as it goes away.
 *
 * @throws DataCloneError for a track that was transferred already
 * @see https://w3c.github.io/mediacapture-extensions/#transferable-mediastreamtrack
 */
export function transferTrack(track: MediaStreamTrack, target: Realm): MediaStreamTrack {
  const slots = mediaStreamTrackBrand.slotsOf(track);
  const { id, muted, realm } = slots;
  if (slots.isDetached) {
    throw new realm.DOMException("This track was transferred already", "DataCloneError");
  }
  const received = copyTrack(slots, target, { id, muted });
  slots.isDetached = true;
  // The source has the other track by now, and goes on.
  stopTrack(slots);
  return received;
}
