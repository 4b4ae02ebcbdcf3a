import { double, unsignedLong } from "../../webidl/primitives.ts";
import type { ConversionContext, Converter } from "../../webidl/converter.ts";
import { callbackFunction, interfaceType, nullable } from "../../webidl/types.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import { mediaStreamBrand } from "../../web/stream/media-stream-slots.ts";
import type { DomElement } from "../dom-window.ts";
import type { MemberOverrides } from "../member-overrides.ts";
import { canPlayType } from "./can-play-type.ts";
import type { MediaElement } from "./media-element.ts";
import type { MediaPlayer, PlayerParts } from "./media-player.ts";
import type { MediaResources } from "./media-resources.ts";
import { type TimeRange, TimeRanges } from "./time-ranges.ts";
import { VideoPlaybackQuality } from "./video-playback-quality.ts";
import type { VideoFrameRequestCallback } from "./video-frame-callbacks.ts";

interface Parts extends PlayerParts {
  readonly resources: MediaResources;
  elementOf(object: object): MediaElement;
}

const streamType = nullable(interfaceType(mediaStreamBrand)) as Converter<MediaStream | null>;
/** What browsers play at most. */
const MAX_RATE = 16;
const frameCallbackType = callbackFunction<VideoFrameRequestCallback>();

/** Has the members of a window's media elements tell of what is played here. */
export function overrideElementMembers(
  media: MemberOverrides,
  video: MemberOverrides,
  parts: Parts,
): void {
  overrideSource(media, parts);
  overrideState(media, parts);
  overrideRates(media, parts);
  overrideVideo(video, parts);
}

const NOT_PLAYED =
  "What this element's src names isn't played here. Files at blob: and data: addresses are, where " +
  "node-usermedia's optional dependencies are installed; those at http:, https: and file: " +
  "addresses with the option resources of installMediaCapture().";

function overrideSource(media: MemberOverrides, { elementOf, realm, resources }: Parts): void {
  const context = contextOf(realm, "Failed to set the 'srcObject' property on 'HTMLMediaElement'");
  media.attribute("srcObject", {
    get: (object) => elementOf(object).srcObject,
    set: (object, value) => elementOf(object).assign(streamType(value, context)),
  });
  media.add(realm, "captureStream", (object) => {
    const element = elementOf(object);
    if (element.isElsewhere) {
      throw new realm.DOMException(NOT_PLAYED, "NotSupportedError");
    }
    return element.captureStream();
  });
  media.method("load", (object, _, native) => {
    const element = elementOf(object);
    element.load();
    if (element.isLoadedElsewhere) native();
  });
  media.attribute("src", {
    get: (_, native) => native(),
    set: (object, value, native) => {
      const element = elementOf(object);
      // What the window's own does beside that (happy-dom fires events) is the player's to do.
      if (element.takes(String(value))) (object as DomElement).setAttribute("src", String(value));
      else native(value);
      element.notice();
    },
  });
  media.method("setAttribute", (object, _, native) => {
    native();
    elementOf(object);
  });
  media.method("canPlayType", (_, [type], native) =>
    resources.isSupported ? canPlayType(String(type)) : native(),
  );
  media.method("play", (object, _, native) => {
    const { player } = elementOf(object);
    return player ? player.play() : native();
  });
  media.method("pause", (object, _, native) => {
    const { player } = elementOf(object);
    if (player) player.pause();
    else native();
  });
}

function overrideState(media: MemberOverrides, { elementOf, realm }: Parts): void {
  const indexSizeError = (): DOMException =>
    new realm.DOMException("The index is not in the list of ranges.", "IndexSizeError");
  const listOf = (ranges: readonly TimeRange[]) => new TimeRanges(ranges, indexSizeError);
  const readOnly: Record<string, (player: MediaPlayer) => unknown> = {
    readyState: ({ readyState }) => readyState,
    networkState: ({ networkState }) => networkState,
    duration: ({ duration }) => duration,
    paused: ({ paused }) => paused,
    ended: ({ ended }) => ended,
    error: ({ error }) => error,
    currentSrc: ({ currentSrc }) => currentSrc,
    seeking: ({ seeking }) => seeking,
    seekable: ({ seekable }) => listOf(seekable),
    buffered: ({ buffered }) => listOf(buffered),
    played: ({ played }) => listOf(played),
  };
  for (const [name, get] of Object.entries(readOnly)) {
    media.attribute(name, { get: (object, native) => stateOf(object, get, native) });
  }
  const context = contextOf(
    realm,
    "Failed to set the 'currentTime' property on 'HTMLMediaElement'",
  );
  media.attribute("currentTime", {
    get: (object, native) => stateOf(object, ({ currentTime }) => currentTime, native),
    set: (object, value, native) => {
      const { player } = elementOf(object);
      if (player) player.seek(double(value, context));
      else native(value);
    },
  });
  media.attribute("preload", {
    get: (object, native) => (elementOf(object).player?.isLive ? "none" : native()),
    set: (object, value, native) => {
      if (!elementOf(object).player?.isLive) native(value);
    },
  });
  function stateOf<T>(object: object, get: (player: MediaPlayer) => T, native: () => T): T {
    const { player } = elementOf(object);
    return player ? get(player) : native();
  }
}

function overrideRates(media: MemberOverrides, { elementOf, realm }: Parts): void {
  const context = contextOf(realm, "Failed to set a playback rate: The value");
  for (const [name, rate] of [
    ["playbackRate", "rate"],
    ["defaultPlaybackRate", "defaultRate"],
  ] as const) {
    media.attribute(name, {
      get: (object) => (elementOf(object).player?.isLive ? 1 : elementOf(object).rates[rate]),
      set(object, value) {
        const converted = double(value, context);
        const { player, rates } = elementOf(object);
        if (player && (converted < 0 || converted > MAX_RATE)) {
          throw new realm.DOMException(`Nothing plays at ${converted} times.`, "NotSupportedError");
        }
        if (!player?.isLive) rates[rate] = converted;
      },
    });
  }
}

function overrideVideo(video: MemberOverrides, { clock, elementOf, realm }: Parts): void {
  for (const name of ["videoWidth", "videoHeight"] as const) {
    video.attribute(name, {
      get: (object, native) => elementOf(object).player?.[name] ?? native() ?? 0,
    });
  }
  video.method("getVideoPlaybackQuality", (object) => {
    const { player } = elementOf(object);
    return new VideoPlaybackQuality(clock.nowUs() / 1000, player?.presentedFrames ?? 0);
  });
  const context = contextOf(realm, "Failed to request a video frame callback: parameter 1");
  video.method("requestVideoFrameCallback", (object, [callback]) => {
    return elementOf(object).frameCallbacks.request(frameCallbackType(callback, context));
  });
  video.method("cancelVideoFrameCallback", (object, [handle]) => {
    elementOf(object).frameCallbacks.cancel(unsignedLong(handle, context));
  });
}

function contextOf(realm: PlayerParts["realm"], description: string): ConversionContext {
  return { realm, description };
}
