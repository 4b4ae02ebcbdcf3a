import { overload, required } from "../../webidl/argument.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { domString } from "../../webidl/primitives.ts";
import { interfaceType } from "../../webidl/types.ts";
import { union } from "../../webidl/union.ts";
import { cloneStream } from "./clone-stream.ts";
import { mediaStreamBrand, trackSetChanged } from "./media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack, MediaStreamTrackLike } from "../track/media-stream-track.ts";
import type { MediaStreamTrackEvent } from "../track/media-stream-track-event.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";
import { randomId } from "../realm/window-gaps.ts";

/** A track of sound. */
export type MediaStreamAudioTrack = MediaStreamTrack & { readonly kind: "audio" };

/** A track of pictures. */
export type MediaStreamVideoTrack = MediaStreamTrack & { readonly kind: "video" };

/**
 * A stream as parameters take it: one of this package, whether its type is this package's or that
 * of TypeScript's lib.dom. A stream that another library made is refused with a TypeError.
 */
export interface MediaStreamLike extends EventTarget {
  readonly id: string;
  readonly active: boolean;
  /** All tracks. */
  getTracks(): MediaStreamTrackLike[];
}

/** The events of a {@link MediaStream}, by name. */
export interface MediaStreamEventMap {
  addtrack: MediaStreamTrackEvent;
  removetrack: MediaStreamTrackEvent;
}

export interface MediaStream {
  /** The user agent added a track, not a script. */
  get onaddtrack(): EventHandlerValue;
  set onaddtrack(handler: EventHandler<this, MediaStreamEventMap["addtrack"]>);
  /** The user agent removed a track, not a script. */
  get onremovetrack(): EventHandlerValue;
  set onremovetrack(handler: EventHandler<this, MediaStreamEventMap["removetrack"]>);
  /** Adds a listener; the events of a stream are typed by their names. */
  addEventListener<Name extends keyof MediaStreamEventMap>(
    type: Name,
    listener: TypedListener<this, MediaStreamEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof MediaStreamEventMap>(
    type: Name,
    listener: TypedListener<this, MediaStreamEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * A group of tracks that belong together.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastream
 */
export class MediaStream extends EventTarget {
  /** A stream without tracks. */
  constructor();
  /** A stream of the same tracks as another one. */
  constructor(stream: MediaStreamLike);
  /** A stream of these tracks. */
  constructor(tracks: Iterable<MediaStreamTrackLike>);
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

  /** The tracks of sound, in the order in which they were added. */
  getAudioTracks(): MediaStreamAudioTrack[] {
    return tracksOfKind(this, "audio");
  }

  /** The tracks of pictures, in the order in which they were added. */
  getVideoTracks(): MediaStreamVideoTrack[] {
    return tracksOfKind(this, "video");
  }

  /** All tracks, in the order in which they were added. */
  getTracks(): MediaStreamTrack[] {
    return [...mediaStreamBrand.slotsOf(this).tracks];
  }

  /** The track of this id; null where the stream has none. */
  getTrackById(trackId: string): MediaStreamTrack | null {
    return this.getTracks().find(({ id }) => id === trackId) ?? null;
  }

  /** Adds a track, if it isn't there. Fires no event. */
  addTrack(track: MediaStreamTrackLike): void {
    const slots = mediaStreamBrand.slotsOf(this);
    const added = track as MediaStreamTrack;
    if (slots.tracks.has(added)) return;
    slots.tracks.add(added);
    trackSetChanged(slots);
  }

  /** Removes a track, which goes on living. Fires no event. */
  removeTrack(track: MediaStreamTrackLike): void {
    const slots = mediaStreamBrand.slotsOf(this);
    if (slots.tracks.delete(track as MediaStreamTrack)) trackSetChanged(slots);
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
  mediaStreamBrand.attach(object, { realm, id: randomId(), tracks: new Set(given) });
}

function tracksOfKind<Kind extends "audio" | "video">(
  stream: MediaStream,
  kind: Kind,
): (MediaStreamTrack & { readonly kind: Kind })[] {
  return stream
    .getTracks()
    .filter((track): track is MediaStreamTrack & { readonly kind: Kind } => track.kind === kind);
}
