import type { Track } from "../../engine/contract.ts";
import { nameOf } from "../../webidl/types.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";

/**
 * The engine's track of a track that is live for its script. The engine's track may have ended
 * already: the script learns that a task later. A reader of such a track ends at once.
 *
 * @param reader - what wants to read: `"pcm()"`, for the message
 * @param kind - of the tracks that it reads, where it reads one kind only
 * @throws TypeError for what is no track; DOMException `InvalidStateError` for one that has ended
 */
export function liveTrack(
  track: unknown,
  reader: string,
  kind: "Audio" | "Video" | "" = "",
): Track {
  if (!mediaStreamTrackBrand.is(track)) {
    throw new TypeError(
      `${reader} reads a track: give it stream.get${kind}Tracks()[0]; this is ${nameOf(track)}.`,
    );
  }
  const { readyState, realm, track: engineTrack } = mediaStreamTrackBrand.slotsOf(track);
  if (readyState === "live") return engineTrack;
  const message = `This track has ended: ${reader} has nothing to read.`;
  throw new realm.DOMException(message, "InvalidStateError");
}
