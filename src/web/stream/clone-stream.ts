import { createObject } from "../../webidl/create-object.ts";
import { cloneTrack } from "../track/clone-track.ts";
import { mediaStreamBrand } from "./media-stream-slots.ts";
import type { MediaStreamSlots } from "./media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStream } from "./media-stream.ts";
import { randomId } from "../realm/window-gaps.ts";

/** @see https://w3c.github.io/mediacapture-main/#dom-mediastream-clone */
export function cloneStream({ realm, tracks }: MediaStreamSlots): MediaStream {
  const clones = Array.from(tracks, (track) => cloneTrack(mediaStreamTrackBrand.slotsOf(track)));
  const slots = { realm, id: randomId(), tracks: new Set(clones) };
  return createObject(realm, mediaStreamBrand, slots);
}
