import { createObject } from "../webidl/create-object.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { Realm } from "./realm.ts";

/** What a new track doesn't derive from its source. */
export type TrackInit = Pick<MediaStreamTrackSlots, "track"> &
  Partial<Omit<MediaStreamTrackSlots, "realm" | "id">>;

/**
 * Creates a MediaStreamTrack for an engine track, and follows it.
 * @see https://w3c.github.io/mediacapture-main/#dfn-create-a-mediastreamtrack
 */
export function createTrack(realm: Realm, init: TrackInit): MediaStreamTrack {
  const { track } = init;
  const slots: MediaStreamTrackSlots = {
    label: track.source.label,
    readyState: track.readyState,
    contentHint: "",
    constraints: {},
    families: [],
    capabilities: {},
    ...init,
    muted: track.muted,
    realm,
    id: crypto.randomUUID(),
  };
  const object = createObject(realm, mediaStreamTrackBrand, slots);
  track.on("mute", () => realm.queueTask(() => setMuted(object, true)));
  track.on("unmute", () => realm.queueTask(() => setMuted(object, false)));
  track.on("ended", () => realm.queueTask(() => endTrack(object)));
  return object;
}

/** @see https://w3c.github.io/mediacapture-main/#set-track-muted */
function setMuted(track: MediaStreamTrack, muted: boolean): void {
  const slots = mediaStreamTrackBrand.slotsOf(track);
  if (slots.muted === muted) return;
  slots.muted = muted;
  fire(slots.realm, track, muted ? "mute" : "unmute");
}

/**
 * What happens, in a task, when a track ends for any reason but its `stop()`.
 * @see https://w3c.github.io/mediacapture-main/#track-ended
 */
function endTrack(track: MediaStreamTrack): void {
  const slots = mediaStreamTrackBrand.slotsOf(track);
  if (slots.readyState === "ended") return;
  slots.readyState = "ended";
  fire(slots.realm, track, "ended");
}

function fire(realm: Realm, target: EventTarget, type: string): void {
  realm.fireEvent(target, new realm.Event(type));
}
