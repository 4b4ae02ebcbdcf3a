import type { MediaError } from "./media-error.ts";
import { optional, required } from "../../webidl/argument.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";
import { operation, promiseOperation } from "../../webidl/interface-definition.ts";
import { boolean, domString, double } from "../../webidl/primitives.ts";
import { interfaceType, nullable } from "../../webidl/types.ts";
import { createObject } from "../../webidl/create-object.ts";
import { nodeRealm, type Realm } from "../realm/realm.ts";
import { mediaStreamBrand } from "../stream/media-stream-slots.ts";
import type { MediaStream, MediaStreamLike } from "../stream/media-stream.ts";
import { audioBrand } from "./audio-slots.ts";
import { AudioElement } from "./audio-element.ts";

/** The events of an {@link Audio}, by name. */
export interface AudioEventMap {
  loadstart: Event;
  durationchange: Event;
  loadedmetadata: Event;
  loadeddata: Event;
  canplay: Event;
  canplaythrough: Event;
  play: Event;
  playing: Event;
  pause: Event;
  ended: Event;
  timeupdate: Event;
  seeking: Event;
  seeked: Event;
  volumechange: Event;
  ratechange: Event;
  emptied: Event;
  error: Event;
}

export interface Audio {
  /** It plays, or will as soon as it can. */
  get onplay(): EventHandlerValue;
  set onplay(handler: EventHandler<this, AudioEventMap["play"]>);
  /** Sound begins. */
  get onplaying(): EventHandlerValue;
  set onplaying(handler: EventHandler<this, AudioEventMap["playing"]>);
  /** It stands still. */
  get onpause(): EventHandlerValue;
  set onpause(handler: EventHandler<this, AudioEventMap["pause"]>);
  /** All of it was heard, or the stream's last audio track has ended. */
  get onended(): EventHandlerValue;
  set onended(handler: EventHandler<this, AudioEventMap["ended"]>);
  /** {@link Audio.currentTime} has moved. */
  get ontimeupdate(): EventHandlerValue;
  set ontimeupdate(handler: EventHandler<this, AudioEventMap["timeupdate"]>);
  /** It can be played to its end. */
  get oncanplaythrough(): EventHandlerValue;
  set oncanplaythrough(handler: EventHandler<this, AudioEventMap["canplaythrough"]>);
  /** {@link Audio.duration} is known. */
  get onloadedmetadata(): EventHandlerValue;
  set onloadedmetadata(handler: EventHandler<this, AudioEventMap["loadedmetadata"]>);
  /** {@link Audio.error} says why it can't be played, or no further. */
  get onerror(): EventHandlerValue;
  set onerror(handler: EventHandler<this, AudioEventMap["error"]>);
  /** Adds a listener; the events of an audio are typed by their names. */
  addEventListener<Name extends keyof AudioEventMap>(
    type: Name,
    listener: TypedListener<this, AudioEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof AudioEventMap>(
    type: Name,
    listener: TypedListener<this, AudioEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * Plays a stream or a file on a sound output, as an `<audio>` element does: `new Audio()`.
 *
 * Several play at once: the sound server mixes them. The volume is applied to the samples; the
 * user's mixer has its own.
 *
 * Deviates: it is no element of a document, and has the members that play. A page's `<audio>` loads
 * addresses of any kind; this one plays files, `blob:` and `data:` addresses.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#htmlaudioelement
 * @see https://w3c.github.io/mediacapture-output/#htmlmediaelement-extensions
 */
export class Audio extends EventTarget {
  /** @param src - what to load: a path, a `file:`, `blob:` or `data:` address */
  constructor(src?: string);
  constructor(...values: unknown[]) {
    const [src] = constructorArguments(audioInterface, values);
    super();
    const element = new AudioElement(nodeRealm);
    audioBrand.attach(this, element);
    element.target = this;
    if (src !== undefined) this.src = src as string;
  }

  /** A stream, whose audio tracks are played. Another value stops the one before. */
  get srcObject(): MediaStream | null {
    return audioBrand.slotsOf(this).srcObject;
  }
  set srcObject(stream: MediaStreamLike | null) {
    audioBrand.slotsOf(this).setStream(stream as MediaStream | null);
  }

  /** What is played where {@link srcObject} is null: a path, a `file:`, `blob:` or `data:` address. */
  get src(): string {
    return audioBrand.slotsOf(this).src;
  }
  set src(address: string) {
    audioBrand.slotsOf(this).setSource(address);
  }

  /** Whether it stands still, as at first. */
  get paused(): boolean {
    return audioBrand.slotsOf(this).paused;
  }

  /** Whether it has come to its end. */
  get ended(): boolean {
    return audioBrand.slotsOf(this).ended;
  }

  /** Why it can't be played, or no further. */
  get error(): MediaError | null {
    return audioBrand.slotsOf(this).error;
  }

  /** Seconds; Infinity for a stream, NaN as long as it isn't known. */
  get duration(): number {
    return audioBrand.slotsOf(this).duration;
  }

  /** Seconds that were played. Setting it goes there; a stream has no other place than now. */
  get currentTime(): number {
    return audioBrand.slotsOf(this).currentTime;
  }
  set currentTime(seconds: number) {
    audioBrand.slotsOf(this).seek(seconds);
  }

  /** From 0 to 1, which leaves the sound as it is. @throws DOMException `IndexSizeError` beyond */
  get volume(): number {
    return audioBrand.slotsOf(this).volume;
  }
  set volume(volume: number) {
    audioBrand.slotsOf(this).setVolume(volume);
  }

  /** True plays silence. */
  get muted(): boolean {
    return audioBrand.slotsOf(this).muted;
  }
  set muted(muted: boolean) {
    audioBrand.slotsOf(this).setMuted(muted);
  }

  /** Whether a file begins anew at its end. */
  get loop(): boolean {
    return audioBrand.slotsOf(this).loop;
  }
  set loop(loop: boolean) {
    audioBrand.slotsOf(this).loop = loop;
  }

  /**
   * How fast a file is played; a stream goes with time.
   * Deviates: the pitch goes with it (`preservesPitch` is false).
   * @throws DOMException `NotSupportedError` outside 0.0625 to 16
   */
  get playbackRate(): number {
    return audioBrand.slotsOf(this).playbackRate;
  }
  set playbackRate(rate: number) {
    audioBrand.slotsOf(this).setRate(rate);
  }

  /** The output that was chosen: a `deviceId`, or `""` for the system's default. */
  get sinkId(): string {
    return audioBrand.slotsOf(this).sinkId;
  }

  /**
   * Plays. Resolves when playback begins. An output that can't be opened is told by `error`.
   *
   * @throws DOMException `NotSupportedError` for what can't be played; `AbortError` when it is paused
   *   or given another source before sound begins
   */
  play(): Promise<void> {
    return audioBrand.slotsOf(this).play();
  }

  /** Stands still, at once. */
  pause(): void {
    audioBrand.slotsOf(this).pause();
  }

  /** Begins anew with what {@link srcObject} or {@link src} says. */
  load(): void {
    audioBrand.slotsOf(this).load();
  }

  /**
   * Chooses an output, by its `deviceId` in `enumerateDevices()`; `""` is the system's default, which
   * is followed when it changes. A chosen output that goes away ends playback with an error: what it
   * was to play isn't heard elsewhere.
   *
   * @throws DOMException `NotFoundError` when this program knows none of this id
   * @see https://w3c.github.io/mediacapture-output/#dom-htmlmediaelement-setsinkid
   */
  setSinkId(sinkId: string): Promise<void> {
    return audioBrand.slotsOf(this).setSinkId(sinkId);
  }
}

/** The IDL of {@link Audio}. */
export const audioInterface = defineInterface({
  brand: audioBrand,
  class: Audio,
  construct: { arguments: [optional(domString)], initialise: () => undefined },
  eventHandlers: [
    "onplay",
    "onplaying",
    "onpause",
    "onended",
    "ontimeupdate",
    "oncanplaythrough",
    "onloadedmetadata",
    "onerror",
  ],
  attributes: {
    srcObject: nullable(interfaceType(mediaStreamBrand)),
    src: domString,
    currentTime: double,
    volume: double,
    muted: boolean,
    loop: boolean,
    playbackRate: double,
  },
  operations: {
    play: promiseOperation(),
    pause: operation(),
    load: operation(),
    setSinkId: promiseOperation(required(domString)),
  },
});

/** An {@link Audio} of another realm than Node's own. */
export function createAudio(realm: Realm, src?: string): Audio {
  const element = new AudioElement(realm);
  const audio = createObject(realm, audioBrand, element);
  element.target = audio;
  if (src !== undefined) audio.src = src;
  return audio;
}
