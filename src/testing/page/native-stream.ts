import { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { mediaStreamTrackBrand } from "../../web/track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import type { NativeStream, NativeTrack, PageWindow } from "./page-window.ts";
import { paintFrames } from "./paint-frames.ts";
import { playSamples } from "./play-samples.ts";

/** What a native track answers from ours. */
const ATTRIBUTES = ["label", "muted", "readyState", "enabled"] as const;
const METHODS = ["getSettings", "getCapabilities", "getConstraints", "applyConstraints"] as const;

/**
 * The browser's own stream of a stream of ours, so that its media elements, recorders and
 * connections take it: what they get is what a virtual device gives, and what scripts are told is
 * what our track says.
 */
export function nativeStream(window: PageWindow, stream: MediaStream): NativeStream {
  return new window.MediaStream(stream.getTracks().map((track) => nativeTrack(window, track)));
}

function nativeTrack(window: PageWindow, own: MediaStreamTrack): NativeTrack {
  const settings = own.getSettings();
  const pictures = own.kind === "video" ? paintFrames(window, settings) : undefined;
  const sound = pictures === undefined ? playSamples(window, settings) : undefined;
  const feed = pictures ?? sound;
  if (feed === undefined) throw new TypeError("A track is of video or audio.");
  const { native } = feed;
  const disconnect = mediaStreamTrackBrand.slotsOf(own).track.connect({
    frame(frame) {
      if (frame instanceof VideoFrame) pictures?.give(frame);
      else if (frame instanceof AudioData) sound?.give(frame);
    },
  });
  const stopNative = native.stop.bind(native);
  const end = (): void => {
    disconnect();
    stopNative();
    feed.end();
  };
  delegate(native, own);
  Object.assign(native, {
    stop() {
      own.stop();
      end();
    },
    clone: () => nativeTrack(window, own.clone()),
  });
  own.addEventListener("ended", end);
  for (const type of ["mute", "unmute", "ended"]) {
    own.addEventListener(type, () => native.dispatchEvent(new Event(type)));
  }
  return native;
}

function delegate(native: NativeTrack, own: MediaStreamTrack): void {
  for (const name of ATTRIBUTES) {
    Object.defineProperty(native, name, {
      get: () => own[name],
      set: (value: unknown) => {
        if (name === "enabled") own.enabled = Boolean(value);
      },
      configurable: true,
    });
  }
  for (const name of METHODS) {
    const value = own[name].bind(own);
    Object.defineProperty(native, name, { value, configurable: true, writable: true });
  }
}
