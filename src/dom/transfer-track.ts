import type { MediaStreamTrack } from "../web/track/media-stream-track.ts";
import type { Realm } from "../web/realm/realm.ts";
import { transferTrack as transferTrackTo } from "../web/track/transfer-track.ts";
import type { DomWindow } from "./dom-window.ts";

const realms = new WeakMap<object, Realm>();

/** Remembers the realm that a window's capture lives in. */
export function registerRealm(window: DomWindow, realm: Realm): void {
  realms.set(window, realm);
}

/**
 * Moves a track to another window of this program, as `postMessage(track, { transfer: [track] })`
 * does in a browser: the track here has ended, and what is returned is that window's, with the same
 * id and source. The structured clone of jsdom and happy-dom can't be taught it.
 *
 * @throws DataCloneError for a track that was transferred already
 * @throws TypeError for a window that has no media capture
 */
export function transferTrack(track: MediaStreamTrack, window: DomWindow): MediaStreamTrack {
  const realm = realms.get(window);
  if (!realm) throw new TypeError("Call installMediaCapture() on the window first");
  return transferTrackTo(track, realm);
}
