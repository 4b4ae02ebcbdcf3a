import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import type { Track } from "../../engine/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { followTrack } from "./follow-track.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { Realm } from "../realm/realm.ts";
import { randomId } from "../realm/window-gaps.ts";

/** What a new track doesn't derive from its source. */
export type TrackInit = Partial<
  Pick<
    MediaStreamTrackSlots,
    | "constraints"
    | "contentHint"
    | "createObject"
    | "families"
    | "grantKey"
    | "id"
    | "label"
    | "liveTracks"
    | "muted"
  >
>;

/**
 * Creates a MediaStreamTrack for an engine track, and follows it.
 * @see https://w3c.github.io/mediacapture-main/#dfn-create-a-mediastreamtrack
 */
export function createTrack(realm: Realm, track: Track, init: TrackInit = {}): MediaStreamTrack {
  const slots = newSlots(realm, track, init);
  const object = slots.createObject?.() ?? createObject(realm, mediaStreamTrackBrand, slots);
  attach(object, slots);
  return object;
}

/** Makes an object that a constructor has allocated a MediaStreamTrack of an engine track. */
export function initialiseTrack(object: object, realm: Realm, track: Track): void {
  attach(object as MediaStreamTrack, newSlots(realm, track, {}));
}

function newSlots(realm: Realm, track: Track, init: TrackInit): MediaStreamTrackSlots {
  const families = init.families ?? [];
  return {
    id: randomId(),
    label: track.source.label,
    muted: track.muted,
    isDetached: false,
    contentHint: "",
    constraints: {},
    createObject: undefined,
    grantKey: track.source.device?.key,
    liveTracks: undefined,
    ...init,
    families,
    capabilities: capabilitiesOf(families),
    track,
    readyState: track.readyState,
    listenedTo: undefined,
    realm,
    stats: undefined,
    applying: Promise.resolve(),
  };
}

function attach(object: MediaStreamTrack, slots: MediaStreamTrackSlots): void {
  mediaStreamTrackBrand.attach(object, slots);
  if (slots.readyState === "live") followTrack(object);
}
