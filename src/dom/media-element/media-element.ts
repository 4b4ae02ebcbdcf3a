import type { MediaStream } from "../../web/stream/media-stream.ts";
import type { DomElement, DomMutationObserver, DomMutationRecord } from "../dom-window.ts";
import { ElementCapture } from "./element-capture.ts";
import { type MediaPlayer, NETWORK, type PlayerParts } from "./media-player.ts";
import type { MediaResources } from "./media-resources.ts";
import { PlaybackRates } from "./playback-rates.ts";
import { namedBy } from "./resource-candidates.ts";
import { ResourcePlayer } from "./resource-player.ts";
import { StreamPlayer } from "./stream-player.ts";
import { VideoFrameCallbacks } from "./video-frame-callbacks.ts";

export interface MediaElementParts extends PlayerParts {
  readonly resources: MediaResources;
  /** Those that have a player. */
  readonly inUse: Set<MediaElement>;
  observer(callback: (records: readonly DomMutationRecord[]) => void): DomMutationObserver;
}

/** What an element has beside its window's own members: a player of what is assigned to it. */
export class MediaElement {
  readonly rates: PlaybackRates;
  readonly frameCallbacks = new VideoFrameCallbacks();
  srcObject: MediaStream | null = null;

  readonly #element: DomElement;
  readonly #parts: MediaElementParts;
  readonly #observer: DomMutationObserver;
  #player: MediaPlayer | undefined;
  #captures: readonly ElementCapture[] = [];
  #generation = 0;
  /** Until the window's next stable state: what is loaded again then was in use before. */
  #isSelecting = false;

  constructor(element: DomElement, parts: MediaElementParts) {
    this.#element = element;
    this.#parts = parts;
    this.rates = new PlaybackRates(() => {
      this.#player?.rateChanged();
      this.#queueEvent("ratechange");
    });
    this.#observer = parts.observer((records) => this.#changed(records));
    this.#observer.observe(element, { attributeFilter: ["src"], childList: true });
    if (this.#namesPlayed) this.load();
  }

  /** Absent while it plays nothing, or something that is the window's own affair. */
  get player(): MediaPlayer | undefined {
    return this.#player;
  }

  /**
   * Plays a stream, or what its attributes name.
   * @see https://html.spec.whatwg.org/multipage/media.html#dom-media-srcobject
   */
  assign(stream: MediaStream | null): void {
    this.srcObject = stream;
    if (this.#player || stream) this.load();
  }

  /** Sees to changes of its attributes and children that nobody has told yet. */
  notice(): void {
    this.#changed(this.#observer.takeRecords());
  }

  /** @see https://html.spec.whatwg.org/multipage/media.html#media-element-load-algorithm */
  load(): void {
    const before = this.#player;
    const wasInUse = before && before.networkState !== NETWORK.noSource;
    before?.close();
    this.#generation += 1;
    if (wasInUse && !before.isLive) this.#queueEvent("abort");
    if (before || this.#isSelecting) this.#queueEvent("emptied");
    this.#awaitStableState();
    this.#player = this.#newPlayer();
    if (this.#player) this.#parts.inUse.add(this);
    else this.#parts.inUse.delete(this);
    if (before && !this.#player?.isLive) this.rates.reset();
    this.#captureAnew();
  }

  /** HTML's network state is empty again once nothing is found to be played. */
  #awaitStableState(): void {
    this.#isSelecting = true;
    const generation = this.#generation;
    queueMicrotask(() => {
      if (generation === this.#generation) this.#isSelecting = false;
    });
  }

  /** Whether this address is one that is played here. */
  takes(address: string): boolean {
    const { baseURI } = this.#element.ownerDocument;
    return URL.canParse(address, baseURI) && this.#parts.resources.takes(new URL(address, baseURI));
  }

  /** Whether it is to play something by its address that isn't played here. */
  get isElsewhere(): boolean {
    return this.#player === undefined && this.#element.hasAttribute("src");
  }

  /** Whether loading is the window's own affair: it names something, which isn't played here. */
  get isLoadedElsewhere(): boolean {
    return this.#player === undefined && namedBy(this.#element).length > 0;
  }

  /**
   * A stream of what the element plays, which follows it from one source to the next.
   * @see https://w3c.github.io/mediacapture-fromelement/#dom-htmlmediaelement-capturestream
   */
  captureStream(): MediaStream {
    const capture = new ElementCapture(this.#parts.realm, this.#player?.playedTracks ?? []);
    this.#captures = [...this.#captures, capture];
    return capture.stream;
  }

  close(): void {
    this.#observer.disconnect();
    this.#player?.close();
    this.#player = undefined;
  }

  get #namesPlayed(): boolean {
    return namedBy(this.#element).some((url) => this.#parts.resources.takes(url));
  }

  #newPlayer(): MediaPlayer | undefined {
    const { frameCallbacks, rates } = this;
    const { clock, realm, resources } = this.#parts;
    const tracksChanged = (): void => this.#captureAnew();
    const parts = { clock, realm, frameCallbacks, tracksChanged };
    if (this.srcObject) return new StreamPlayer(this.#element, this.srcObject, parts);
    if (!this.#namesPlayed) return undefined;
    const open = resources.open.bind(resources);
    return new ResourcePlayer(this.#element, { ...parts, open, rates });
  }

  #changed(records: readonly DomMutationRecord[]): void {
    if (this.srcObject || records.length === 0) return;
    const isNamed = records.some(({ type }) => type === "attributes");
    if (isNamed && this.#element.hasAttribute("src")) this.load();
    else if (this.#player instanceof ResourcePlayer) this.#player.sourcesChanged();
    else if (this.#namesPlayed) this.load();
  }

  #captureAnew(): void {
    for (const capture of this.#captures) capture.follow(this.#player?.playedTracks ?? []);
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
