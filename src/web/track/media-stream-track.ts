import type {
  MediaTrackCapabilities,
  MediaTrackConstraints,
  MediaTrackSettings,
} from "../../constraints/types.ts";
import { optionalDictionary } from "../../webidl/argument.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import type { EventHandler } from "../../webidl/event-handler.ts";
import { operation, promiseOperation } from "../../webidl/interface-definition.ts";
import { boolean, domString } from "../../webidl/primitives.ts";
import { applyConstraints } from "./apply-constraints.ts";
import { cloneTrack } from "./clone-track.ts";
import { mediaTrackConstraints } from "../constraints/constraint-dictionaries.ts";
import { setContentHint } from "./content-hint.ts";
import type { TrackEndedEvent } from "./end-track.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import { statsOf } from "./stats-of.ts";
import type { MediaStreamTrackStats } from "./stats-of.ts";
import { stopTrack } from "./stop-track.ts";
import { settingsOf } from "./track-settings.ts";

/** What interfaces that inherit from {@link MediaStreamTrack} and can be constructed know. */
export const constructible = Symbol("constructible");

/**
 * Media of one kind that comes from one source: a camera's video, a microphone's audio.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreamtrack
 */
export class MediaStreamTrack extends EventTarget {
  /** The source can give no data for now. */
  declare onmute: EventHandler;
  /** The source gives data again. */
  declare onunmute: EventHandler;
  /**
   * The source has ended: unplugged, revoked, exhausted. Not fired for {@link stop}. The event is a
   * {@link TrackEndedEvent}: its `error` says why, where something broke.
   */
  declare onended: EventHandler<TrackEndedEvent>;

  /** Tracks come from `getUserMedia()`, `getDisplayMedia()` and `clone()`, and from generators. */
  protected constructor(permit?: typeof constructible) {
    super();
    if (permit !== constructible) throw new TypeError("Illegal constructor");
  }

  /** `"audio"` or `"video"`. */
  get kind(): string {
    return mediaStreamTrackBrand.slotsOf(this).track.kind;
  }

  /** A random identifier. */
  get id(): string {
    return mediaStreamTrackBrand.slotsOf(this).id;
  }

  /** What a person calls the source, such as `"FaceTime HD Camera"`. */
  get label(): string {
    return mediaStreamTrackBrand.slotsOf(this).label;
  }

  /** False renders black frames or silence in place of what is captured. */
  get enabled(): boolean {
    return mediaStreamTrackBrand.slotsOf(this).track.enabled;
  }
  set enabled(value: boolean) {
    mediaStreamTrackBrand.slotsOf(this).track.enabled = value;
  }

  /** True while the source can give no data. */
  get muted(): boolean {
    return mediaStreamTrackBrand.slotsOf(this).muted;
  }

  get readyState(): "live" | "ended" {
    return mediaStreamTrackBrand.slotsOf(this).readyState;
  }

  /**
   * What the content is, for encoders: `"speech"`, `"speech-recognition"` or `"music"` for audio;
   * `"motion"`, `"detail"` or `"text"` for video; `""` for no hint. Other values are ignored.
   *
   * @see https://www.w3.org/TR/mst-content-hint/
   */
  get contentHint(): string {
    return mediaStreamTrackBrand.slotsOf(this).contentHint;
  }
  set contentHint(value: string) {
    setContentHint(mediaStreamTrackBrand.slotsOf(this), value);
  }

  /**
   * How much came through so far; null for a track that captures no device. Once they were asked
   * for, frames are counted that nobody takes, too.
   *
   * @see https://w3c.github.io/mediacapture-extensions/#mediastreamtrack-statistics
   */
  get stats(): MediaStreamTrackStats | null {
    return statsOf(mediaStreamTrackBrand.slotsOf(this));
  }

  /** A new track on the same source, which is stopped on its own. */
  clone(): this {
    return cloneTrack(mediaStreamTrackBrand.slotsOf(this)) as this;
  }

  /** Ends the track. The device is released with its last track. */
  stop(): void {
    stopTrack(mediaStreamTrackBrand.slotsOf(this));
  }

  /** What the source could be asked for. */
  getCapabilities(): MediaTrackCapabilities {
    return structuredClone(mediaStreamTrackBrand.slotsOf(this).capabilities);
  }

  /** The constraints that were applied last. */
  getConstraints(): MediaTrackConstraints {
    return structuredClone(mediaStreamTrackBrand.slotsOf(this).constraints);
  }

  /** What the track delivers now. */
  getSettings(): MediaTrackSettings {
    return settingsOf(mediaStreamTrackBrand.slotsOf(this));
  }

  /**
   * Replaces the constraints.
   * @throws OverconstrainedError when the source can't meet them; then nothing changes.
   */
  applyConstraints(constraints: MediaTrackConstraints = {}): Promise<void> {
    return applyConstraints(mediaStreamTrackBrand.slotsOf(this), constraints);
  }
}

/** The IDL of {@link MediaStreamTrack}. */
export const mediaStreamTrackInterface = defineInterface({
  brand: mediaStreamTrackBrand,
  class: MediaStreamTrack,
  attributes: { enabled: boolean, contentHint: domString },
  eventHandlers: ["onmute", "onunmute", "onended"],
  operations: {
    clone: operation(),
    stop: operation(),
    getCapabilities: operation(),
    getConstraints: operation(),
    getSettings: operation(),
    applyConstraints: promiseOperation(optionalDictionary(mediaTrackConstraints)),
  },
});
