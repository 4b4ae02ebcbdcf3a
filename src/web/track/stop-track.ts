import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

/**
 * Fires nothing.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediastreamtrack-stop
 */
export function stopTrack(slots: MediaStreamTrackSlots): void {
  if (slots.readyState === "ended") return;
  slots.readyState = "ended";
  slots.listenedTo = undefined;
  slots.track.stop();
  slots.liveTracks?.delete(slots);
}
