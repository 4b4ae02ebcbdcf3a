import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

const hints = {
  audio: ["", "speech", "speech-recognition", "music"],
  video: ["", "motion", "detail", "text"],
};

/**
 * Sets the hint, if it is one for the track's kind.
 * @see https://www.w3.org/TR/mst-content-hint/#dom-mediastreamtrack-contenthint
 */
export function setContentHint(slots: MediaStreamTrackSlots, hint: string): void {
  if (hints[slots.track.kind].includes(hint)) slots.contentHint = hint;
}
