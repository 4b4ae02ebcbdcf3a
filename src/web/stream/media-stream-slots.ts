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

/** Who wants to hear when a stream's track set changes. */
const watchers = new WeakMap<MediaStreamSlots, Set<() => void>>();

/** Calls `listener` whenever a track is added to or removed from the stream. Returns what stops it. */
export function watchTrackSet(stream: MediaStreamSlots, listener: () => void): () => void {
  const listeners = watchers.get(stream) ?? new Set();
  watchers.set(stream, listeners);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** To be called by what changes the track set. */
export function trackSetChanged(stream: MediaStreamSlots): void {
  for (const listener of watchers.get(stream) ?? []) listener();
}
