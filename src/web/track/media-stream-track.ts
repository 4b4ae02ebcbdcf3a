import type {
  MediaTrackCapabilities,
  MediaTrackConstraints,
  MediaTrackSettings,
} from "../../constraints/types.ts";
import { optionalDictionary } from "../../webidl/argument.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";
import { operation, promiseOperation } from "../../webidl/interface-definition.ts";
import { boolean, domString } from "../../webidl/primitives.ts";
import { applyConstraints } from "./apply-constraints.ts";
import { cloneTrack } from "./clone-track.ts";
import { mediaTrackConstraints } from "../constraints/constraint-dictionaries.ts";
import { setContentHint } from "./content-hint.ts";
import type { TrackEndedEvent } from "./end-track.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import { statsOf } from "./track-stats.ts";
import type { MediaStreamTrackStats } from "./track-stats.ts";
import { stopTrack } from "./end-track.ts";
import { settingsOf } from "./track-settings.ts";
import { copyDictionary } from "../realm/window-gaps.ts";

/** What interfaces that inherit from {@link MediaStreamTrack} and can be constructed know. */
export const constructible = Symbol("constructible");

/**
 * A track as parameters take it: one of this package, whether its type is this package's or that of
 * TypeScript's lib.dom. A track that another library made is refused with a TypeError.
 */
export interface MediaStreamTrackLike extends EventTarget {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  enabled: boolean;
  readonly muted: boolean;
  readonly readyState: "live" | "ended";
  /** Ends the track. */
  stop(): void;
}

/** The events of a {@link MediaStreamTrack}, by name. */
export interface MediaStreamTrackEventMap {
  mute: Event;
  unmute: Event;
  ended: TrackEndedEvent;
}

export interface MediaStreamTrack {
  /** The source can give no data for now. */
  get onmute(): EventHandlerValue;
  set onmute(handler: EventHandler<this, MediaStreamTrackEventMap["mute"]>);
  /** The source gives data again. */
  get onunmute(): EventHandlerValue;
  set onunmute(handler: EventHandler<this, MediaStreamTrackEventMap["unmute"]>);
  /**
   * The source has ended: unplugged, revoked, exhausted. Not fired for {@link stop}. The event's
   * `error` says why, where something broke.
   */
  get onended(): EventHandlerValue;
  set onended(handler: EventHandler<this, MediaStreamTrackEventMap["ended"]>);
  /** Adds a listener; the events of a track are typed by their names. */
  addEventListener<Name extends keyof MediaStreamTrackEventMap>(
    type: Name,
    listener: TypedListener<this, MediaStreamTrackEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof MediaStreamTrackEventMap>(
    type: Name,
    listener: TypedListener<this, MediaStreamTrackEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * Media of one kind that comes from one source: a camera's video, a microphone's audio.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreamtrack
 */
export class MediaStreamTrack extends EventTarget {
  /**
   * Tracks come from `getUserMedia()`, `getDisplayMedia()` and `clone()`, and from generators.
   * @internal
   */
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

  /** `"ended"` for good: after `stop()`, or when the source ended. */
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
    return copyDictionary(mediaStreamTrackBrand.slotsOf(this).capabilities);
  }

  /** The constraints that were applied last. */
  getConstraints(): MediaTrackConstraints {
    return copyDictionary(mediaStreamTrackBrand.slotsOf(this).constraints);
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
