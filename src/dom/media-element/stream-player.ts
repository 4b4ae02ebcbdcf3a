import type { Clock } from "../../engine/contract.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { MediaStreamTrack } from "../../web/media-stream-track.ts";
import type { MediaStream } from "../../web/media-stream.ts";
import type { Realm } from "../../web/realm.ts";
import type { DomElement } from "../dom-window.ts";
import { PlayPromises } from "./play-promises.ts";
import { PlaybackPosition } from "./playback-position.ts";
import { StreamTracks } from "./stream-tracks.ts";
import type { VideoFrameCallbacks } from "./video-frame-callbacks.ts";

const HAVE_NOTHING = 0;
const HAVE_ENOUGH_DATA = 4;
const NETWORK_LOADING = 2;
const NETWORK_NO_SOURCE = 3;

/** What a player works with. */
export interface PlayerParts {
  readonly realm: Realm;
  readonly clock: Clock;
}

interface StreamPlayerParts extends PlayerParts {
  /** The element's, who keeps them from stream to stream. */
  readonly frameCallbacks: VideoFrameCallbacks;
  /** Other tracks are played than before. */
  tracksChanged(): void;
}

/**
 * Plays a MediaStream in a media element: the element's state and events, and the frame it shows.
 * One player, one assignment of `srcObject`.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements
 * @see https://html.spec.whatwg.org/multipage/media.html
 */
export class StreamPlayer {
  readonly stream: MediaStream;
  readyState: typeof HAVE_NOTHING | typeof HAVE_ENOUGH_DATA = HAVE_NOTHING;
  networkState: typeof NETWORK_LOADING | typeof NETWORK_NO_SOURCE = NETWORK_NO_SOURCE;
  paused = true;
  ended = false;
  /** Seconds; Infinity while the stream is live. */
  duration = Number.NaN;
  /** px */
  videoWidth = 0;
  /** px */
  videoHeight = 0;

  readonly #element: DomElement;
  readonly #realm: Realm;
  readonly #clock: Clock;
  readonly #tracks: StreamTracks;
  readonly #position: PlaybackPosition;
  readonly #frameCallbacks: VideoFrameCallbacks;
  readonly #promises: PlayPromises;
  /** HTML's "can autoplay flag". */
  #canAutoplay = true;
  #closed = false;
  #frame: VideoFrame | undefined;
  #presentedFrames = 0;

  constructor(element: DomElement, stream: MediaStream, parts: StreamPlayerParts) {
    const { clock, frameCallbacks, realm } = parts;
    this.stream = stream;
    this.#frameCallbacks = frameCallbacks;
    this.#element = element;
    this.#realm = realm;
    this.#clock = clock;
    this.#promises = new PlayPromises(realm);
    this.#position = new PlaybackPosition(clock, () => this.#fire("timeupdate"));
    this.#tracks = new StreamTracks(stream, element.localName === "video", {
      picture: (frame) => this.#receivePicture(frame),
      changed: () => {
        parts.tracksChanged();
        this.#queue(() => {
          this.#reconsiderReadiness();
          // A track whose source ended says so in a task, which may be queued after this one.
          if (this.#tracks.isEnding) this.#queue(() => this.#reconsiderEnd());
          else this.#reconsiderEnd();
        });
      },
    });
    queueMicrotask(() => (this.networkState = NETWORK_LOADING));
    this.#queueEvent("loadstart");
    this.#queue(() => this.#reconsiderReadiness());
  }

  /** Seconds */
  get currentTime(): number {
    return this.#position.seconds;
  }

  /** What it plays. */
  get playedTracks(): readonly MediaStreamTrack[] {
    return this.#tracks.playable;
  }

  /** Pictures shown so far. */
  get presentedFrames(): number {
    return this.#presentedFrames;
  }

  /** The picture that is shown now, which stays the player's own. */
  get currentFrame(): VideoFrame | undefined {
    return this.#frame;
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-play */
  play(): Promise<void> {
    const promise = this.#promises.create();
    this.#canAutoplay = false;
    if (this.paused) this.#startPlaying();
    else if (this.readyState === HAVE_ENOUGH_DATA) this.#queue(() => this.#promises.resolveAll());
    return promise;
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-pause */
  pause(): void {
    this.#canAutoplay = false;
    if (this.paused) return;
    this.paused = true;
    this.#position.setRunning(false);
    this.#queue(() => {
      this.#fire("timeupdate");
      this.#fire("pause");
      this.#promises.abortAll("a call of pause()");
    });
  }

  /** Leaves the stream: another one, or none, takes its place. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tracks.close();
    this.#position.setRunning(false);
    this.#frame?.close();
    this.#frame = undefined;
    this.#promises.abortAll("a new load request");
  }

  #startPlaying(): void {
    this.paused = false;
    this.#queueEvent("play");
    if (this.readyState === HAVE_ENOUGH_DATA) this.#notifyAboutPlaying();
    else this.#queueEvent("waiting");
  }

  #notifyAboutPlaying(): void {
    if (this.ended) return;
    this.#position.setRunning(true);
    this.#queue(() => {
      this.#fire("playing");
      this.#promises.resolveAll();
    });
  }

  #receivePicture(frame: VideoFrame): void {
    const isFirst = this.readyState === HAVE_NOTHING;
    if (this.#closed || (this.paused && !isFirst && this.#frame)) {
      frame.close();
      return;
    }
    this.#frame?.close();
    this.#frame = frame;
    const isResized =
      frame.displayWidth !== this.videoWidth || frame.displayHeight !== this.videoHeight;
    this.videoWidth = frame.displayWidth;
    this.videoHeight = frame.displayHeight;
    if (isFirst) this.#becomeReady(true);
    else if (isResized) this.#queueEvent("resize");
    this.#queue(() => this.#present());
  }

  /** Sound alone can be played as soon as it is there: what doesn't come yet is silence. */
  #reconsiderReadiness(): void {
    const isSoundAlone = this.#tracks.isActive && this.#tracks.selectedVideo === undefined;
    if (this.readyState === HAVE_NOTHING && isSoundAlone) this.#becomeReady(false);
  }

  /** There is data for every track that is played, so metadata, first frame and the rest come at once. */
  #becomeReady(hasPicture: boolean): void {
    this.readyState = HAVE_ENOUGH_DATA;
    this.#queue(() => {
      this.duration = Number.POSITIVE_INFINITY;
      this.#fire("durationchange");
    });
    if (hasPicture) this.#queueEvent("resize");
    for (const type of ["loadedmetadata", "loadeddata", "canplay"]) this.#queueEvent(type);
    if (!this.paused) this.#notifyAboutPlaying();
    this.#queue(() => this.#autoplay());
    this.#queueEvent("canplaythrough");
  }

  #autoplay(): void {
    if (!this.#canAutoplay || !this.paused || !this.#element.hasAttribute("autoplay")) return;
    this.paused = false;
    this.#fire("play");
    this.#notifyAboutPlaying();
  }

  /** Shows the current frame. */
  #present(): void {
    const frame = this.#frame;
    if (!frame) return;
    this.#presentedFrames += 1;
    this.#position.advance();
    if (this.#frameCallbacks.isEmpty) return;
    const nowMs = this.#clock.nowUs() / 1000;
    this.#frameCallbacks.run(
      {
        presentationTime: nowMs,
        expectedDisplayTime: nowMs,
        width: frame.displayWidth,
        height: frame.displayHeight,
        mediaTime: this.currentTime,
        presentedFrames: this.#presentedFrames,
      },
      (error) => this.#realm.reportException(error),
    );
  }

  /** Ends with the last track that can be played, and lives again with a new one. */
  #reconsiderEnd(): void {
    const isOver = !this.#tracks.isActive;
    if (isOver === this.ended || this.readyState === HAVE_NOTHING) return;
    this.ended = isOver;
    if (isOver) this.#end();
    else this.#revive();
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#reaches-the-end */
  #end(): void {
    this.#position.setRunning(false);
    this.duration = this.currentTime;
    this.#fire("durationchange");
    this.#fire("timeupdate");
    if (!this.paused) {
      this.paused = true;
      this.#fire("pause");
      this.#promises.abortAll("the end of the stream");
    }
    this.#fire("ended");
  }

  #revive(): void {
    this.duration = Number.POSITIVE_INFINITY;
    this.#fire("durationchange");
    this.#canAutoplay = true;
    this.#autoplay();
  }

  #queueEvent(type: string): void {
    this.#queue(() => this.#fire(type));
  }

  /** Queues a media element task, which is dropped once another stream has taken the place. */
  #queue(steps: () => void): void {
    this.#realm.queueTask(() => {
      if (!this.#closed) steps();
    });
  }

  #fire(type: string): void {
    this.#realm.fireEvent(this.#element, new this.#realm.Event(type));
  }
}
