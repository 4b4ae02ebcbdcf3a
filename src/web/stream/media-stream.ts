import { overload, required } from "../../webidl/argument.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import type { EventHandler } from "../../webidl/event-handler.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { domString } from "../../webidl/primitives.ts";
import { interfaceType } from "../../webidl/types.ts";
import { union } from "../../webidl/union.ts";
import { cloneStream } from "./clone-stream.ts";
import { mediaStreamBrand } from "./media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import { nodeRealm } from "../realm/realm.ts";
import { trackSetChanged } from "./watch-track-set.ts";
import type { Realm } from "../realm/realm.ts";

/** A track of sound. */
export type MediaStreamAudioTrack = MediaStreamTrack & { readonly kind: "audio" };

/** A track of pictures. */
export type MediaStreamVideoTrack = MediaStreamTrack & { readonly kind: "video" };

/**
 * A group of tracks that belong together.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastream
 */
export class MediaStream extends EventTarget {
  /** A track was added by the user agent, not by a script. The event is a MediaStreamTrackEvent. */
  declare onaddtrack: EventHandler;
  /** A track was removed by the user agent, not by a script. The event is a MediaStreamTrackEvent. */
  declare onremovetrack: EventHandler;

  constructor();
  /** A stream of the same tracks as another one. */
  constructor(stream: MediaStream);
  constructor(tracks: Iterable<MediaStreamTrack>);
  constructor(...values: unknown[]) {
    const converted = constructorArguments(mediaStreamInterface, values);
    super();
    initialise(this, nodeRealm, converted);
  }

  /** A random identifier. */
  get id(): string {
    return mediaStreamBrand.slotsOf(this).id;
  }

  /** True while some track is live. */
  get active(): boolean {
    const { tracks } = mediaStreamBrand.slotsOf(this);
    return [...tracks].some((track) => track.readyState === "live");
  }

  getAudioTracks(): MediaStreamAudioTrack[] {
    return tracksOfKind(this, "audio");
  }

  getVideoTracks(): MediaStreamVideoTrack[] {
    return tracksOfKind(this, "video");
  }

  getTracks(): MediaStreamTrack[] {
    return [...mediaStreamBrand.slotsOf(this).tracks];
  }

  getTrackById(trackId: string): MediaStreamTrack | null {
    return this.getTracks().find(({ id }) => id === trackId) ?? null;
  }

  /** Adds a track, if it isn't there. Fires no event. */
  addTrack(track: MediaStreamTrack): void {
    const slots = mediaStreamBrand.slotsOf(this);
    if (slots.tracks.has(track)) return;
    slots.tracks.add(track);
    trackSetChanged(slots);
  }

  /** Removes a track, which goes on living. Fires no event. */
  removeTrack(track: MediaStreamTrack): void {
    const slots = mediaStreamBrand.slotsOf(this);
    if (slots.tracks.delete(track)) trackSetChanged(slots);
  }

  /** A stream of clones of the tracks. */
  clone(): MediaStream {
    return cloneStream(mediaStreamBrand.slotsOf(this));
  }
}

/** The IDL of {@link MediaStream}. */
export const mediaStreamInterface = defineInterface({
  brand: mediaStreamBrand,
  class: MediaStream,
  construct: {
    arguments: [
      overload(
        union({
          name: "(MediaStream or sequence<MediaStreamTrack>)",
          interface: mediaStreamBrand,
          sequence: interfaceType(mediaStreamTrackBrand),
        }),
      ),
    ],
    initialise,
  },
  eventHandlers: ["onaddtrack", "onremovetrack"],
  operations: {
    getAudioTracks: operation(),
    getVideoTracks: operation(),
    getTracks: operation(),
    getTrackById: operation(required(domString)),
    addTrack: operation(required(interfaceType(mediaStreamTrackBrand))),
    removeTrack: operation(required(interfaceType(mediaStreamTrackBrand))),
    clone: operation(),
  },
});

/** @see https://w3c.github.io/mediacapture-main/#dom-mediastream-constructor */
function initialise(object: object, realm: Realm, [source]: readonly unknown[]): void {
  const given = mediaStreamBrand.is(source)
    ? mediaStreamBrand.slotsOf(source).tracks
    : ((source ?? []) as readonly MediaStreamTrack[]);
  mediaStreamBrand.attach(object, { realm, id: crypto.randomUUID(), tracks: new Set(given) });
}

function tracksOfKind<Kind extends "audio" | "video">(
  stream: MediaStream,
  kind: Kind,
): (MediaStreamTrack & { readonly kind: Kind })[] {
  return stream
    .getTracks()
    .filter((track): track is MediaStreamTrack & { readonly kind: Kind } => track.kind === kind);
}
