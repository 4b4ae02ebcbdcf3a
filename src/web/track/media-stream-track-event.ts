import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { domString } from "../../webidl/primitives.ts";
import { interfaceType } from "../../webidl/types.ts";
import { eventInit } from "../realm/event-init.ts";
import type { EventInitDictionary } from "../realm/event-init.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack, MediaStreamTrackLike } from "./media-stream-track.ts";

/** What a {@link MediaStreamTrackEvent} is made from. */
export interface MediaStreamTrackEventInit extends EventInitDictionary {
  /** The track that was added or removed. */
  track: MediaStreamTrackLike;
}

/** The slots of a {@link MediaStreamTrackEvent}. */
export const mediaStreamTrackEventBrand = new Brand<
  { readonly track: MediaStreamTrack },
  MediaStreamTrackEvent
>("MediaStreamTrackEvent", "Event");

/**
 * `addtrack` and `removetrack` of a stream.
 * @see https://w3c.github.io/mediacapture-main/#mediastreamtrackevent
 */
export class MediaStreamTrackEvent extends Event {
  constructor(type: string, eventInitDict: MediaStreamTrackEventInit);
  constructor(...values: unknown[]) {
    const [type, init] = constructorArguments(mediaStreamTrackEventInterface, values);
    super(type as string, init as MediaStreamTrackEventInit);
    initialise(this, undefined, [type, init]);
  }

  /** The track that was added or removed. */
  get track(): MediaStreamTrack {
    return mediaStreamTrackEventBrand.slotsOf(this).track;
  }
}

/** The IDL of {@link MediaStreamTrackEvent}. */
export const mediaStreamTrackEventInterface = defineInterface({
  brand: mediaStreamTrackEventBrand,
  class: MediaStreamTrackEvent,
  construct: {
    arguments: [
      required(domString),
      required(
        dictionary<MediaStreamTrackEventInit, EventInitDictionary>(
          "MediaStreamTrackEventInit",
          { track: { type: interfaceType(mediaStreamTrackBrand), required: true } },
          eventInit,
        ),
      ),
    ],
    inherited: (values) => values,
    initialise,
  },
});

function initialise(object: object, _realm: unknown, [, init]: readonly unknown[]): void {
  mediaStreamTrackEventBrand.attach(object, init as { readonly track: MediaStreamTrack });
}
