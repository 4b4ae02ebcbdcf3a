import type { MediaStream } from "../../web/media-stream.ts";
import { mediaStreamBrand } from "../../web/media-stream-slots.ts";
import { callbackFunction, interfaceType, nullable } from "../../webidl/types.ts";
import { double, unsignedLong } from "../../webidl/primitives.ts";
import type { ConversionContext, Converter } from "../../webidl/converter.ts";
import type { DomElement, DomWindow } from "../dom-window.ts";
import { addMethod, overrideAttribute, overrideMethod } from "../override-member.ts";
import { MediaElement } from "./media-element.ts";
import type { PlayerParts, StreamPlayer } from "./stream-player.ts";
import { TimeRanges } from "./time-ranges.ts";
import { VideoPlaybackQuality } from "./video-playback-quality.ts";
import type { VideoFrameRequestCallback } from "./video-frame-callbacks.ts";

/** Finds the player of an element that plays a stream. */
export type FindPlayer = (element: object) => StreamPlayer | undefined;

const streamType = nullable(interfaceType(mediaStreamBrand)) as Converter<MediaStream | null>;
const frameCallbackType = callbackFunction<VideoFrameRequestCallback>();

/**
 * Teaches a window's media elements to play streams. What plays anything else stays as it was.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements
 */
export function installMediaElements(window: DomWindow, parts: PlayerParts): FindPlayer {
  const elements = new WeakMap<object, MediaElement>();
  const media = window.HTMLMediaElement.prototype;
  const { get: nativePaused } = Object.getOwnPropertyDescriptor(media, "paused") ?? {};
  const elementOf = (object: object): MediaElement => {
    // Throws for anything but a media element.
    nativePaused?.call(object);
    const known = elements.get(object);
    if (known) return known;
    const created = new MediaElement(object as DomElement, parts);
    elements.set(object, created);
    return created;
  };
  const playerOf: FindPlayer = (object) => elements.get(object)?.player;
  installSource(media, elementOf, parts);
  installState(media, playerOf, parts);
  installRates(media, elementOf, parts);
  installVideo(window.HTMLVideoElement.prototype, elementOf, parts);
  return playerOf;
}

type FindElement = (object: object) => MediaElement;

function installSource(media: object, elementOf: FindElement, { realm }: PlayerParts): void {
  const context = contextOf(realm, "Failed to set the 'srcObject' property on 'HTMLMediaElement'");
  overrideAttribute(media, "srcObject", {
    get: (object) => elementOf(object).srcObject,
    set: (object, value) => elementOf(object).assign(streamType(value, context)),
  });
  addMethod(realm, media, "captureStream", (object) => {
    const element = elementOf(object);
    if (element.playsFile) {
      const message = "This window plays no files: capture an element whose srcObject is a stream.";
      throw new realm.DOMException(message, "NotSupportedError");
    }
    return element.captureStream();
  });
  overrideMethod(media, "load", (object, _, native) => {
    const { srcObject } = elementOf(object);
    if (srcObject) elementOf(object).assign(srcObject);
    else native();
  });
  overrideMethod(media, "play", (object, _, native) => {
    const { player } = elementOf(object);
    return player ? player.play() : native();
  });
  overrideMethod(media, "pause", (object, _, native) => {
    const { player } = elementOf(object);
    if (player) player.pause();
    else native();
  });
}

function installState(media: object, playerOf: FindPlayer, { realm }: PlayerParts): void {
  const indexSizeError = (): DOMException =>
    new realm.DOMException("The index is not in the list of ranges.", "IndexSizeError");
  const ranges = (end: number): TimeRanges => new TimeRanges(end, indexSizeError);
  const readOnly: Record<string, (player: StreamPlayer) => unknown> = {
    readyState: ({ readyState }) => readyState,
    networkState: ({ networkState }) => networkState,
    duration: ({ duration }) => duration,
    paused: ({ paused }) => paused,
    ended: ({ ended }) => ended,
    error: () => null,
    currentSrc: () => "",
    seeking: () => false,
    seekable: () => ranges(0),
    buffered: () => ranges(0),
    played: ({ currentTime }) => ranges(currentTime),
  };
  for (const [name, get] of Object.entries(readOnly)) {
    overrideAttribute(media, name, { get: (object, native) => stateOf(object, get, native) });
  }
  const ignoredBySetters: Record<string, (player: StreamPlayer) => unknown> = {
    currentTime: ({ currentTime }) => currentTime,
    preload: () => "none",
  };
  for (const [name, get] of Object.entries(ignoredBySetters)) {
    overrideAttribute(media, name, {
      get: (object, native) => stateOf(object, get, native),
      set: (object, value, native) => {
        if (!playerOf(object)) native(value);
      },
    });
  }
  function stateOf<T>(object: object, get: (player: StreamPlayer) => T, native: () => T): T {
    const player = playerOf(object);
    return player ? get(player) : native();
  }
}

function installRates(media: object, elementOf: FindElement, { realm }: PlayerParts): void {
  const context = contextOf(realm, "Failed to set a playback rate: The value");
  for (const [name, rate] of [
    ["playbackRate", "rate"],
    ["defaultPlaybackRate", "defaultRate"],
  ] as const) {
    overrideAttribute(media, name, {
      get: (object) => (elementOf(object).player ? 1 : elementOf(object).rates[rate]),
      set(object, value) {
        const converted = double(value, context);
        const { player, rates } = elementOf(object);
        if (!player) rates[rate] = converted;
      },
    });
  }
}

function installVideo(video: object, elementOf: FindElement, { clock, realm }: PlayerParts): void {
  for (const name of ["videoWidth", "videoHeight"] as const) {
    overrideAttribute(video, name, {
      get: (object, native) => elementOf(object).player?.[name] ?? native() ?? 0,
    });
  }
  overrideMethod(video, "getVideoPlaybackQuality", (object) => {
    const { player } = elementOf(object);
    return new VideoPlaybackQuality(clock.nowUs() / 1000, player?.presentedFrames ?? 0);
  });
  const context = contextOf(realm, "Failed to request a video frame callback: parameter 1");
  overrideMethod(video, "requestVideoFrameCallback", (object, [callback]) => {
    return elementOf(object).frameCallbacks.request(frameCallbackType(callback, context));
  });
  overrideMethod(video, "cancelVideoFrameCallback", (object, [handle]) => {
    elementOf(object).frameCallbacks.cancel(unsignedLong(handle, context));
  });
}

function contextOf(realm: PlayerParts["realm"], description: string): ConversionContext {
  return { realm, description };
}
