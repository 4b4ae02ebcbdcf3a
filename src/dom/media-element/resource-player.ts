import type { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import { engineOptionsOf } from "../../web/realm/engine-options-of.ts";
import type { DomElement } from "../dom-window.ts";
import { FileFrames } from "./file-frames.ts";
import { FileSources } from "./file-sources.ts";
import { MediaError } from "../../web/audio/media-error.ts";
import { type ElementParts, MediaPlayer, NETWORK, READY } from "./media-player.ts";
import type { MediaResource } from "./media-resources.ts";
import type { PlaybackRates } from "./playback-rates.ts";
import { PlayedRanges } from "./played-ranges.ts";
import { ResourceSelection } from "./resource-selection.ts";
import type { OpenResource } from "./resource-selection.ts";
import type { TimeRange } from "./time-ranges.ts";

/** A track may be this late before playback waits for it. */
const LATE_US = 100_000;

export interface ResourcePlayerParts extends ElementParts {
  readonly open: OpenResource;
  readonly rates: PlaybackRates;
}

/**
 * Plays a file in a media element: from what `src` or a `<source>` names to its end.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#concept-media-load-algorithm
 */
export class ResourcePlayer extends MediaPlayer {
  readonly isLive = false;
  readonly #parts: ResourcePlayerParts;
  readonly #selection: ResourceSelection;
  readonly #showsVideo: boolean;
  readonly #played = new PlayedRanges();
  #resource: MediaResource | undefined;
  #frames: FileFrames | undefined;
  /** Until playback ends. */
  #sources: FileSources | undefined;
  #seeks = 0;
  #cancelTick: (() => void) | undefined;

  constructor(element: DomElement, parts: ResourcePlayerParts) {
    super(element, parts);
    this.#parts = parts;
    this.#showsVideo = element.localName === "video";
    this.#selection = new ResourceSelection(element, parts.open, {
      begins: () => {
        this.networkState = NETWORK.loading;
        this.queueEvent("loadstart");
      },
      tries: (url) => (this.currentSrc = url),
      waits: () => (this.networkState = NETWORK.noSource),
      suspends: () => this.#suspend(),
      failed: (source) => this.queue(() => this.fire("error", source)),
    });
    this.#selection
      .select(() => this.#isWanted)
      .then(
        (resource) => resource && this.#begin(resource),
        (error: unknown) => this.#fail(MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED, error),
      );
  }

  get playedTracks(): readonly MediaStreamTrack[] {
    return this.#sources?.tracks ?? [];
  }

  get seekable(): readonly TimeRange[] {
    return this.readyState > READY.nothing ? [[0, this.#durationUs / 1e6]] : [];
  }

  get buffered(): readonly TimeRange[] {
    return this.seekable;
  }

  get played(): readonly TimeRange[] {
    this.#notePlayed();
    return this.#played.all;
  }

  /** Whether what it plays is another origin's, and not to be seen by scripts. */
  override get isTainted(): boolean {
    return this.#resource?.isTainted ?? false;
  }

  /** A `<source>` was added. */
  sourcesChanged(): void {
    this.#selection.reconsider();
  }

  override play(): Promise<void> {
    if (this.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) {
      return this.realm.Promise.reject(this.#notSupported());
    }
    if (this.ended) this.seek(0);
    const promise = super.play();
    this.#selection.reconsider();
    return promise;
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#dom-media-seek */
  seek(seconds: number): void {
    const limitUs = this.readyState === READY.nothing ? Infinity : this.#durationUs;
    const positionUs = Math.min(Math.max(0, seconds * 1e6), limitUs);
    this.#notePlayed();
    this.position.moveTo(positionUs);
    this.#played.moveTo(this.currentTime);
    if (this.#frames) void this.#seekIn(this.#frames, positionUs);
  }

  override close(): void {
    super.close();
    this.#cancelTick?.();
    this.#selection.close();
    this.#endSources();
    const { file } = this.#resource ?? {};
    void this.#frames?.close().then(() => file?.close());
  }

  protected override run(): void {
    const { rate } = this.#parts.rates;
    this.#notePlayed();
    this.position.setRunning(this.isPlaying && rate > 0, rate);
    // Deviates: sound isn't stretched in time; at another rate it is left out.
    this.#sources?.setSilent(rate !== 1);
    this.#tick();
  }

  get #durationUs(): number {
    return this.#resource?.file.durationUs ?? 0;
  }

  /** Whether it is to be loaded now, and not only when it is to play. */
  get #isWanted(): boolean {
    const isLater = this.element.getAttribute("preload")?.toLowerCase() === "none";
    return !isLater || !this.paused || this.element.hasAttribute("autoplay");
  }

  #suspend(): void {
    this.networkState = NETWORK.idle;
    this.queueEvent("suspend");
  }

  async #begin(resource: MediaResource): Promise<void> {
    const { file } = resource;
    if (this.closed) {
      await file.close();
      return;
    }
    this.#resource = resource;
    this.position.setLimit(file.durationUs);
    this.queueEvent("progress");
    this.#suspend();
    const { height, width } = (this.#showsVideo && file.video) || { height: 0, width: 0 };
    this.videoWidth = width;
    this.videoHeight = height;
    this.readyState = READY.metadata;
    this.announceMetadata(this.#durationUs / 1e6, width > 0);
    this.#openSources();
    const frames = new FileFrames(file, this.#showsVideo, {
      filled: () => this.#filled(),
      failed: (error) => this.#fail(MediaError.MEDIA_ERR_DECODE, error),
    });
    this.#frames = frames;
    if (this.position.us > 0) {
      this.seek(this.currentTime);
      return;
    }
    await frames.fill();
    if (this.closed || this.seeking) return;
    this.#give(frames.takePicture());
    this.announceData();
  }

  async #seekIn(frames: FileFrames, positionUs: number): Promise<void> {
    this.#seeks += 1;
    const count = this.#seeks;
    const isFirst = this.readyState === READY.metadata;
    this.seeking = true;
    this.ended = false;
    this.run();
    this.queueEvent("seeking");
    try {
      await frames.seek(positionUs);
    } catch (error) {
      this.#fail(MediaError.MEDIA_ERR_DECODE, error);
    }
    if (this.closed || this.error || count !== this.#seeks) return;
    if (!this.#sources) this.#openSources();
    this.#give(frames.takePicture());
    this.seeking = false;
    this.queueEvent("timeupdate");
    this.queueEvent("seeked");
    if (isFirst) this.announceData();
    this.run();
  }

  /** Gives what is due, and comes again when the next is. */
  #tick(): void {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    const frames = this.#frames;
    if (!frames || !this.position.isRunning) return;
    this.position.advance();
    const nowUs = this.position.us;
    for (let frame = frames.take(nowUs); frame; frame = frames.take(nowUs)) this.#give(frame);
    const readUs = frames.readUs + LATE_US;
    if (nowUs > readUs) {
      this.readyState = READY.currentData;
      this.run();
      this.queueEvent("waiting");
    } else if (nowUs >= this.#durationUs && !frames.isDry) {
      this.#reachEnd();
    } else {
      const dueUs = Math.min(frames.nextUs, frames.isDry ? readUs : this.#durationUs);
      const delayMs = (this.position.momentOf(dueUs) - this.clock.nowUs()) / 1000;
      this.#cancelTick = this.clock.setTimeout(() => this.#tick(), Math.max(0, delayMs));
    }
  }

  #filled(): void {
    if (this.readyState === READY.currentData && !this.#frames?.isDry) this.announceReady();
    else this.#tick();
  }

  #give(frame: VideoFrame | AudioData | undefined): void {
    if (!frame) return;
    const { isRunning } = this.position;
    const nowUs = this.clock.nowUs();
    this.#sources?.push(frame, isRunning ? this.position.momentOf(frame.timestamp) : nowUs);
    if (!(frame instanceof VideoFrame)) {
      frame.close();
      return;
    }
    const mediaTime = frame.timestamp / 1e6;
    if (this.setFrame(frame)) this.queueEvent("resize");
    this.queue(() => this.present(mediaTime));
  }

  #reachEnd(): void {
    if (this.element.hasAttribute("loop")) {
      this.seek(0);
      return;
    }
    this.ended = true;
    this.run();
    this.#endSources();
    this.#parts.tracksChanged();
    this.queue(() => this.announceEnd());
  }

  #openSources(): void {
    const resource = this.#resource;
    if (!resource) return;
    this.#sources = new FileSources({
      ...engineOptionsOf(this.realm),
      ...resource,
      realm: this.realm,
      showsVideo: this.#showsVideo,
      onDemand: () => this.queue(() => this.#showStill()),
    });
    this.#parts.tracksChanged();
  }

  /** Who begins to look while it stands still sees what it shows. */
  #showStill(): void {
    const { currentFrame, position } = this;
    if (currentFrame && !position.isRunning) this.#sources?.push(currentFrame, this.clock.nowUs());
  }

  #endSources(): void {
    const sources = this.#sources;
    this.#sources = undefined;
    sources?.end();
  }

  #notePlayed(): void {
    this.#played.note(this.currentTime, this.position.isRunning);
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#dedicated-media-source-failure-steps */
  #fail(code: MediaError["code"], reason: unknown): void {
    const message = reason instanceof Error ? reason.message : String(reason);
    this.queue(() => {
      this.error = new MediaError(code, message);
      const isUnsupported = code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
      this.networkState = isUnsupported ? NETWORK.noSource : NETWORK.idle;
      this.position.setRunning(false);
      this.fire("error");
      this.promises.rejectAll(() => this.#notSupported());
    });
  }

  #notSupported(): DOMException {
    const message = `What the element is to play can't be played: ${this.error?.message}`;
    return new this.realm.DOMException(message, "NotSupportedError");
  }
}
