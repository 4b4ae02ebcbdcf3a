import { createTrack } from "./create-track.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";

/** @see https://w3c.github.io/mediacapture-main/#track-clone */
export function cloneTrack(slots: MediaStreamTrackSlots): MediaStreamTrack {
  const track = slots.track.clone();
  track.enabled = slots.track.enabled;
  return createTrack(slots.realm, {
    ...slots,
    track,
    constraints: structuredClone(slots.constraints),
  });
}
