import type { MediaStream } from "../../web/media-stream.ts";
import type { DomElement } from "../dom-window.ts";
import { ElementCapture } from "./element-capture.ts";
import { PlaybackRates } from "./playback-rates.ts";
import { StreamPlayer } from "./stream-player.ts";
import type { PlayerParts } from "./stream-player.ts";
import { VideoFrameCallbacks } from "./video-frame-callbacks.ts";

/** What an element has beside its window's own members: a player while `srcObject` is a stream. */
export class MediaElement {
  readonly rates: PlaybackRates;
  readonly frameCallbacks = new VideoFrameCallbacks();
  player: StreamPlayer | undefined;

  readonly #element: DomElement;
  readonly #parts: PlayerParts;
  #captures: readonly ElementCapture[] = [];
  #generation = 0;

  constructor(element: DomElement, parts: PlayerParts) {
    this.#element = element;
    this.#parts = parts;
    this.rates = new PlaybackRates(() => this.#queueEvent("ratechange"));
  }

  get srcObject(): MediaStream | null {
    return this.player?.stream ?? null;
  }

  /**
   * Plays another stream, or none.
   * @see https://html.spec.whatwg.org/multipage/media.html#dom-media-srcobject
   */
  assign(stream: MediaStream | null): void {
    const { player } = this;
    if (!player && !stream) return;
    player?.close();
    this.player = undefined;
    this.#generation += 1;
    if (!stream) this.#captureAnew();
    if (player) {
      this.#queueEvent("emptied");
      if (!stream) this.rates.reset();
    }
    if (!stream) return;
    const { frameCallbacks } = this;
    const tracksChanged = () => this.#captureAnew();
    const parts = { ...this.#parts, frameCallbacks, tracksChanged };
    this.player = new StreamPlayer(this.#element, stream, parts);
    this.#captureAnew();
  }

  /** Whether it is to play something by its address. */
  get playsFile(): boolean {
    return this.player === undefined && this.#element.hasAttribute("src");
  }

  /**
   * A stream of what the element plays, which follows it from one source to the next.
   * @see https://w3c.github.io/mediacapture-fromelement/#dom-htmlmediaelement-capturestream
   */
  captureStream(): MediaStream {
    const capture = new ElementCapture(this.#parts.realm, this.player?.playedTracks ?? []);
    this.#captures = [...this.#captures, capture];
    return capture.stream;
  }

  #captureAnew(): void {
    for (const capture of this.#captures) capture.follow(this.player?.playedTracks ?? []);
  }

  /** Queues a media element task; another source drops those that wait. */
  #queueEvent(type: string): void {
    const { realm } = this.#parts;
    const generation = this.#generation;
    realm.queueTask(() => {
      if (generation !== this.#generation) return;
      realm.fireEvent(this.#element, new realm.Event(type));
    });
  }
}
