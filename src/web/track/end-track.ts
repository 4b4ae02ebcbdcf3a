import type { DeviceError } from "../../contract/device-error.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

/** The `ended` event of a track. */
export interface TrackEndedEvent extends Event {
  /**
   * What ended the track, where something broke: the device was unplugged, its driver crashed.
   * Deviates: an extension; browsers don't say.
   */
  readonly error?: DOMException;
}

/**
 * Ends a track for any reason but its `stop()`: its source is gone, or permission was taken back.
 * @see https://w3c.github.io/mediacapture-main/#track-ended
 */
export function endTrack(object: MediaStreamTrack, reason: DeviceError | undefined): void {
  const slots = mediaStreamTrackBrand.slotsOf(object);
  const { liveTracks, realm, track } = slots;
  track.stop();
  realm.queueTask(() => {
    if (slots.readyState === "ended") return;
    slots.readyState = "ended";
    slots.listenedTo = undefined;
    liveTracks?.delete(slots);
    const event = new realm.Event("ended");
    if (reason) {
      Object.defineProperty(event, "error", {
        value: domExceptionOf(realm, reason),
        enumerable: true,
      });
    }
    realm.fireEvent(object, event);
  });
}

/**
 * Fires nothing.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediastreamtrack-stop
 */
export function stopTrack(slots: MediaStreamTrackSlots): void {
  if (slots.readyState === "ended") return;
  slots.readyState = "ended";
  slots.listenedTo = undefined;
  slots.track.stop();
  slots.liveTracks?.delete(slots);
}
