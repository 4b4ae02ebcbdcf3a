import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";

/**
 * Ends a track for any reason but its `stop()`: its source is gone, or permission was taken back.
 * @see https://w3c.github.io/mediacapture-main/#track-ended
 */
export function endTrack(object: MediaStreamTrack): void {
  const slots = mediaStreamTrackBrand.slotsOf(object);
  const { liveTracks, realm, track } = slots;
  track.stop();
  realm.queueTask(() => {
    if (slots.readyState === "ended") return;
    slots.readyState = "ended";
    slots.listenedTo = undefined;
    liveTracks?.delete(slots);
    realm.fireEvent(object, new realm.Event("ended"));
  });
}
