import type { Track } from "../engine/contract.ts";
import type { MediaStreamTrackLike } from "../web/track/media-stream-track.ts";
import { mediaStreamTrackBrand } from "../web/track/media-stream-track-slots.ts";

/**
 * What a track stands for in the engine.
 * @throws DOMException `InvalidStateError` when it has ended; TypeError for what is no track of ours
 */
export function liveTrack(track: MediaStreamTrackLike): Track {
  const engineTrack = mediaStreamTrackBrand.slotsOf(track).track;
  if (engineTrack.readyState === "live") return engineTrack;
  throw new DOMException("This track has ended: there is nothing to send.", "InvalidStateError");
}
