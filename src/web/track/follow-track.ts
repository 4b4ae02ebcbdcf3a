import type { DeviceError } from "../../contract/device-error.ts";
import { endTrack } from "./end-track.ts";
import type { Track } from "../../engine/contract.ts";
import { whenListenedTo } from "../../webidl/when-listened-to.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";

/** Tracks whose objects nobody can reach any more stop once nothing uses them. */
const collected = new FinalizationRegistry<Track>((track) => track.release());

/**
 * Follows the engine track of a live object. What the engine holds of it is weak, so that an object
 * that a program let go of is collected and its device released; unless it has listeners.
 *
 * @see https://w3c.github.io/mediacapture-main/#garbage-collection-0
 */
export function followTrack(object: MediaStreamTrack): void {
  const slots = mediaStreamTrackBrand.slotsOf(object);
  collected.register(object, slots.track);
  whenListenedTo(object, ["mute", "unmute", "ended"], () => {
    slots.listenedTo = object;
    return () => (slots.listenedTo = undefined);
  });
  follow(new WeakRef(object), slots);
}

/** Apart from the above, as a closure there would keep the object. */
function follow(reference: WeakRef<MediaStreamTrack>, slots: MediaStreamTrackSlots): void {
  const { track } = slots;
  const end = (reason: DeviceError | undefined): void => {
    const object = reference.deref();
    if (object) endTrack(object, reason);
    else {
      track.stop();
      slots.readyState = "ended";
      slots.liveTracks?.delete(slots);
    }
  };
  slots.liveTracks?.add(slots, end);
  track.on("mute", () => setMuted(reference, true));
  track.on("unmute", () => setMuted(reference, false));
  track.on("ended", end);
}

/**
 * Queued, since it is the user agent that mutes a track.
 * @see https://w3c.github.io/mediacapture-main/#set-track-muted
 */
function setMuted(reference: WeakRef<MediaStreamTrack>, muted: boolean): void {
  const track = reference.deref();
  if (!track) return;
  const slots = mediaStreamTrackBrand.slotsOf(track);
  const { realm } = slots;
  realm.queueTask(() => {
    if (slots.muted === muted) return;
    slots.muted = muted;
    realm.fireEvent(track, new realm.Event(muted ? "mute" : "unmute"));
  });
}
