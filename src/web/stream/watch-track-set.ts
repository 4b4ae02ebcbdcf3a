import type { MediaStreamSlots } from "./media-stream-slots.ts";

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
