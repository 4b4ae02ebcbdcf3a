import type { SettingsFamily } from "../../constraints/candidate.ts";
import type { MediaTrackCapabilities, MediaTrackConstraints } from "../../constraints/types.ts";
import type { Track } from "../../engine/contract.ts";
import { Brand } from "../../webidl/brand.ts";
import type { LiveTracks } from "./live-tracks.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";
import type { Realm } from "../realm/realm.ts";
import type { MediaStreamTrackStats } from "./track-stats.ts";

/**
 * The internal slots of a MediaStreamTrack. `[[Source]]`, `[[Enabled]]` and `[[Settings]]` are the
 * engine track's own.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-create-a-mediastreamtrack
 */
export interface MediaStreamTrackSlots {
  readonly realm: Realm;
  readonly track: Track;
  readonly id: string;
  readonly label: string;
  readyState: "live" | "ended";
  muted: boolean;
  /** It was transferred. */
  isDetached: boolean;
  contentHint: string;
  constraints: MediaTrackConstraints;
  /** What settings the source can have; constant. */
  readonly families: readonly SettingsFamily[];
  readonly capabilities: MediaTrackCapabilities;
  /** The key of the device whose permission the capture rests on: a display's, for its sound. */
  readonly grantKey: string | undefined;
  /** Where the track is counted while it captures a device. */
  readonly liveTracks: LiveTracks | undefined;
  /** Creates the object without its MediaStreamTrack slots, where it is of a derived interface. */
  readonly createObject: (() => MediaStreamTrack) | undefined;
  /** The object itself once it has listeners, which keeps it from being collected while it lives. */
  listenedTo: MediaStreamTrack | undefined;
  /** Once they were asked for. */
  stats: MediaStreamTrackStats | undefined;
  /** Settles when every `applyConstraints()` so far is done. */
  applying: Promise<void>;
}

export const mediaStreamTrackBrand = new Brand<MediaStreamTrackSlots, MediaStreamTrack>(
  "MediaStreamTrack",
  "EventTarget",
);
