import { Brand } from "../../webidl/brand.ts";
import type { MediaStream } from "./media-stream.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import type { Realm } from "../realm/realm.ts";

/** The internal slots of a MediaStream. */
export interface MediaStreamSlots {
  readonly realm: Realm;
  readonly id: string;
  /** The track set, in the order of insertion. */
  readonly tracks: Set<MediaStreamTrack>;
}

export const mediaStreamBrand = new Brand<MediaStreamSlots, MediaStream>(
  "MediaStream",
  "EventTarget",
);
