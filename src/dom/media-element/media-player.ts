import type { Clock } from "../../engine/contract.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import type { Realm } from "../../web/realm/realm.ts";
import type { DomElement } from "../dom-window.ts";
import type { MediaError } from "../../web/audio/media-error.ts";
import { PlayPromises } from "../../web/audio/play-promises.ts";
import { PlaybackPosition } from "../../web/audio/playback-position.ts";
import type { TimeRange } from "./time-ranges.ts";
import type { VideoFrameCallbacks } from "./video-frame-callbacks.ts";

/** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-readystate */
export const READY = { nothing: 0, metadata: 1, currentData: 2, enoughData: 4 } as const;

/** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-networkstate */
export const NETWORK = { idle: 1, loading: 2, noSource: 3 } as const;

type ValueOf<T> = T[keyof T];

/** What a player works with. */
export interface PlayerParts {
  readonly realm: Realm;
  readonly clock: Clock;
}

export interface ElementParts extends PlayerParts {
  /** The element's, who keeps them from source to source. */
  readonly frameCallbacks: VideoFrameCallbacks;
  /** Other tracks are played than before. */
  tracksChanged(): void;
}

/**
 * What plays a source in a media element: the element's state and events, and the picture that it
 * shows, as far as they are the same for all sources. One player, one source.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html
 */
export abstract class MediaPlayer {
  readyState: ValueOf<typeof READY> = READY.nothing;
  networkState: ValueOf<typeof NETWORK> = NETWORK.noSource;
  paused = true;
  ended = false;
  seeking = false;
  /** Seconds; Infinity for what is live */
  duration = Number.NaN;
  error: MediaError | null = null;
  /** The address of what is played, if it has one. */
  currentSrc = "";
  /** px */
  videoWidth = 0;
  /** px */
  videoHeight = 0;

  protected readonly element: DomElement;
  protected readonly realm: Realm;
  protected readonly clock: Clock;
  protected readonly position: PlaybackPosition;
  protected readonly promises: PlayPromises;
  /** HTML's "can autoplay flag". */
  protected canAutoplay = true;
  protected closed = false;
  readonly #parts: ElementParts;
  #frame: VideoFrame | undefined;
  #presentedFrames = 0;

  constructor(element: DomElement, parts: ElementParts) {
    const { clock, realm } = parts;
    this.element = element;
    this.realm = realm;
    this.clock = clock;
    this.#parts = parts;
    this.promises = new PlayPromises(realm);
    this.position = new PlaybackPosition(clock, () => this.fire("timeupdate"));
  }

  /** Seconds */
  get currentTime(): number {
    return this.position.seconds;
  }

  /** What it plays. */
  abstract get playedTracks(): readonly MediaStreamTrack[];

  /** Whether it has no rate and no positions of its own, but goes with time. */
  abstract readonly isLive: boolean;

  /** Whether what it plays isn't to be seen by scripts. */
  get isTainted(): boolean {
    return false;
  }

  abstract get seekable(): readonly TimeRange[];

  abstract get buffered(): readonly TimeRange[];

  abstract get played(): readonly TimeRange[];

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
    const promise = this.promises.create();
    this.canAutoplay = false;
    if (this.paused) this.#startPlaying();
    else if (this.#isReady) this.queue(() => this.promises.resolveAll());
    return promise;
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-pause */
  pause(): void {
    this.canAutoplay = false;
    if (this.paused) return;
    this.paused = true;
    this.run();
    this.queue(() => {
      this.fire("timeupdate");
      this.fire("pause");
      this.promises.abortAll("a call of pause()");
    });
  }

  /** Moves to another position, in seconds. */
  abstract seek(seconds: number): void;

  /** The element's playback rate is another. */
  rateChanged(): void {
    this.run();
  }

  /** Leaves the source: another one, or none, takes its place. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.position.setRunning(false);
    this.#frame?.close();
    this.#frame = undefined;
    this.promises.abortAll("a new load request");
  }

  /** Whether the position is to go on. */
  protected get isPlaying(): boolean {
    return !this.paused && !this.ended && !this.seeking && this.#isReady && !this.closed;
  }

  /** Has the position go on, or stand still, as the state says. */
  protected run(): void {
    this.position.setRunning(this.isPlaying);
  }

  /** Its length, and its pictures' size where it has some, are known. */
  protected announceMetadata(duration: number, hasPicture: boolean): void {
    this.queue(() => {
      this.duration = duration;
      this.fire("durationchange");
    });
    if (hasPicture) this.queueEvent("resize");
    this.queueEvent("loadedmetadata");
  }

  /** There is enough of it to play. */
  protected announceData(): void {
    this.queueEvent("loadeddata");
    this.announceReady();
  }

  protected announceReady(): void {
    this.readyState = READY.enoughData;
    this.queueEvent("canplay");
    if (!this.paused) this.#notifyAboutPlaying();
    this.queue(() => this.autoplay());
    this.queueEvent("canplaythrough");
  }

  protected autoplay(): void {
    if (!this.canAutoplay || !this.paused || !this.element.hasAttribute("autoplay")) return;
    this.paused = false;
    this.fire("play");
    this.#notifyAboutPlaying();
  }

  /** Has this picture shown from now on; true when it is of another size than the last. */
  protected setFrame(frame: VideoFrame): boolean {
    this.#frame?.close();
    this.#frame = frame;
    const { displayHeight, displayWidth } = frame;
    const isResized = displayWidth !== this.videoWidth || displayHeight !== this.videoHeight;
    this.videoWidth = displayWidth;
    this.videoHeight = displayHeight;
    return isResized;
  }

  /** The current picture is seen. */
  protected present(mediaTime = this.currentTime): void {
    const frame = this.#frame;
    if (!frame) return;
    this.#presentedFrames += 1;
    const { frameCallbacks } = this.#parts;
    if (frameCallbacks.isEmpty) return;
    const nowMs = this.clock.nowUs() / 1000;
    frameCallbacks.run(
      {
        presentationTime: nowMs,
        expectedDisplayTime: nowMs,
        width: frame.displayWidth,
        height: frame.displayHeight,
        mediaTime,
        presentedFrames: this.#presentedFrames,
      },
      (error) => this.realm.reportException(error),
    );
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#reaches-the-end */
  protected announceEnd(): void {
    this.fire("timeupdate");
    if (!this.paused) {
      this.paused = true;
      this.fire("pause");
      this.promises.abortAll("the end of the media");
    }
    this.fire("ended");
  }

  protected queueEvent(type: string): void {
    this.queue(() => this.fire(type));
  }

  /** Queues a media element task, which is dropped once another source has taken the place. */
  protected queue(steps: () => void): void {
    this.realm.queueTask(() => {
      if (!this.closed) steps();
    });
  }

  protected fire(type: string, target: EventTarget = this.element): void {
    this.realm.fireEvent(target, new this.realm.Event(type));
  }

  get #isReady(): boolean {
    return this.readyState === READY.enoughData;
  }

  #startPlaying(): void {
    this.paused = false;
    this.queueEvent("play");
    if (this.#isReady) this.#notifyAboutPlaying();
    else this.queueEvent("waiting");
  }

  #notifyAboutPlaying(): void {
    if (this.ended) return;
    this.run();
    this.queue(() => {
      this.fire("playing");
      this.promises.resolveAll();
    });
  }
}
