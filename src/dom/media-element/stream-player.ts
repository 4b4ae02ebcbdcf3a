import type { VideoFrame } from "../../media/video-frame.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import type { DomElement } from "../dom-window.ts";
import { type ElementParts, MediaPlayer, NETWORK, READY } from "./media-player.ts";
import { StreamTracks } from "./stream-tracks.ts";
import type { TimeRange } from "./time-ranges.ts";

/**
 * Plays a MediaStream in a media element.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements
 */
export class StreamPlayer extends MediaPlayer {
  readonly isLive = true;
  readonly stream: MediaStream;
  readonly seekable: readonly TimeRange[] = [];
  readonly buffered: readonly TimeRange[] = [];
  readonly #tracks: StreamTracks;

  constructor(element: DomElement, stream: MediaStream, parts: ElementParts) {
    super(element, parts);
    this.stream = stream;
    this.#tracks = new StreamTracks(stream, element.localName === "video", {
      picture: (frame) => this.#receivePicture(frame),
      changed: () => {
        parts.tracksChanged();
        this.queue(() => {
          this.#reconsiderReadiness();
          // A track whose source ended says so in a task, which may be queued after this one.
          if (this.#tracks.isEnding) this.queue(() => this.#reconsiderEnd());
          else this.#reconsiderEnd();
        });
      },
    });
    queueMicrotask(() => (this.networkState = NETWORK.loading));
    this.queueEvent("loadstart");
    this.queue(() => this.#reconsiderReadiness());
  }

  get playedTracks(): readonly MediaStreamTrack[] {
    return this.#tracks.playable;
  }

  get played(): readonly TimeRange[] {
    return this.currentTime > 0 ? [[0, this.currentTime]] : [];
  }

  /** A stream has no other position than now. */
  seek(): void {}

  override close(): void {
    this.#tracks.close();
    super.close();
  }

  #receivePicture(frame: VideoFrame): void {
    const isFirst = this.readyState === READY.nothing;
    if (this.closed || (this.paused && !isFirst && this.currentFrame)) {
      frame.close();
      return;
    }
    const isResized = this.setFrame(frame);
    if (isFirst) this.#becomeReady(true);
    else if (isResized) this.queueEvent("resize");
    this.queue(() => {
      this.position.advance();
      this.present();
    });
  }

  /** Sound alone can be played as soon as it is there: what doesn't come yet is silence. */
  #reconsiderReadiness(): void {
    const isSoundAlone = this.#tracks.isActive && this.#tracks.selectedVideo === undefined;
    if (this.readyState === READY.nothing && isSoundAlone) this.#becomeReady(false);
  }

  /** There is data for every track that is played, so metadata, first frame and the rest come at once. */
  #becomeReady(hasPicture: boolean): void {
    this.announceMetadata(Number.POSITIVE_INFINITY, hasPicture);
    this.announceData();
  }

  /** Ends with the last track that can be played, and lives again with a new one. */
  #reconsiderEnd(): void {
    const isOver = !this.#tracks.isActive;
    if (isOver === this.ended || this.readyState === READY.nothing) return;
    this.ended = isOver;
    this.run();
    this.duration = isOver ? this.currentTime : Number.POSITIVE_INFINITY;
    this.fire("durationchange");
    if (isOver) {
      this.announceEnd();
    } else {
      this.canAutoplay = true;
      this.autoplay();
    }
  }
}
