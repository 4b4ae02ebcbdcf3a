import { endTrack } from "../../web/track/end-track.ts";
import { cloneTrack } from "../../web/track/clone-track.ts";
import {
  mediaStreamBrand,
  type MediaStreamSlots,
  trackSetChanged,
} from "../../web/stream/media-stream-slots.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import { mediaStreamTrackEventBrand } from "../../web/track/media-stream-track-event.ts";
import { mediaStreamTrackBrand } from "../../web/track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import type { Realm } from "../../web/realm/realm.ts";
import { createObject } from "../../webidl/create-object.ts";
import { randomId } from "../../web/realm/window-gaps.ts";

/**
 * The stream of `captureStream()`: a track for each that a media element plays. Neither the
 * element's volume nor whether it is paused matters to it.
 *
 * @see https://w3c.github.io/mediacapture-fromelement/#dom-htmlmediaelement-capturestream
 */
export class ElementCapture {
  readonly stream: MediaStream;
  readonly #slots: MediaStreamSlots;
  readonly #captured = new Map<MediaStreamTrack, MediaStreamTrack>();

  /** @param played - what the element plays now */
  constructor(realm: Realm, played: readonly MediaStreamTrack[]) {
    this.#slots = { realm, id: randomId(), tracks: new Set() };
    for (const track of played) this.#slots.tracks.add(this.#capture(track));
    this.stream = createObject(realm, mediaStreamBrand, this.#slots);
  }

  /** The element plays these tracks now: others end and go, new ones come. */
  follow(played: readonly MediaStreamTrack[]): void {
    const { tracks } = this.#slots;
    for (const [track, captured] of this.#captured) {
      if (played.includes(track)) continue;
      this.#captured.delete(track);
      endTrack(captured, undefined);
      if (tracks.delete(captured)) this.#changed("removetrack", captured);
    }
    for (const track of played) {
      if (this.#captured.has(track)) continue;
      const captured = this.#capture(track);
      tracks.add(captured);
      this.#changed("addtrack", captured);
    }
  }

  #capture(track: MediaStreamTrack): MediaStreamTrack {
    const captured = cloneTrack(mediaStreamTrackBrand.slotsOf(track));
    this.#captured.set(track, captured);
    return captured;
  }

  #changed(type: "addtrack" | "removetrack", track: MediaStreamTrack): void {
    const { realm } = this.#slots;
    trackSetChanged(this.#slots);
    realm.queueTask(() => {
      const event = createObject(realm, mediaStreamTrackEventBrand, { track }, [type]);
      realm.fireEvent(this.stream, event);
    });
  }
}
