import type { DomElement } from "../dom-window.ts";
import type { MediaResource } from "./media-resources.ts";
import { ResourceCandidates, type ResourceCandidate } from "./resource-candidates.ts";

export type OpenResource = (url: URL, crossOrigin: string | null) => Promise<MediaResource>;

export interface ResourceSelectionEvents {
  /** It is known that there is something to be tried. */
  begins(): void;
  tries(url: string): void;
  /** Nothing is left to be tried, for now. */
  waits(): void;
  /** It isn't loaded before it is to play. */
  suspends(): void;
  /** This `<source>` is none that can be played. */
  failed(source: DomElement): void;
}

/**
 * Finds what an element plays, and opens it.
 * @see https://html.spec.whatwg.org/multipage/media.html#concept-media-load-algorithm
 */
export class ResourceSelection {
  readonly #element: DomElement;
  readonly #open: OpenResource;
  readonly #events: ResourceSelectionEvents;
  readonly #candidates: ResourceCandidates;
  #reconsider: (() => void) | undefined;
  #isClosed = false;

  constructor(element: DomElement, open: OpenResource, events: ResourceSelectionEvents) {
    this.#element = element;
    this.#open = open;
    this.#events = events;
    this.#candidates = new ResourceCandidates(element);
  }

  /**
   * @param isWanted - whether it is to be loaded already
   * @returns nothing when it was closed before something was found
   * @throws Error when `src` can't be played
   */
  async select(isWanted: () => boolean): Promise<MediaResource | undefined> {
    // "Await a stable state."
    await undefined;
    if (!this.#isClosed) this.#events.begins();
    while (!this.#isClosed) {
      const candidate = this.#candidates.next();
      if (candidate === undefined) {
        this.#events.waits();
        await this.#changed();
        continue;
      }
      if (!isWanted()) this.#events.suspends();
      while (!isWanted() && !this.#isClosed) await this.#changed();
      if (this.#isClosed) break;
      try {
        return await this.#try(candidate);
      } catch (error) {
        if (!candidate.source) throw error;
        this.#events.failed(candidate.source);
      }
    }
    return undefined;
  }

  /** There may be another candidate, or one may be wanted now. */
  reconsider(): void {
    this.#reconsider?.();
  }

  close(): void {
    this.#isClosed = true;
    this.reconsider();
  }

  async #try({ url }: ResourceCandidate): Promise<MediaResource> {
    if (url === undefined) throw new Error("there is no address of anything that is played.");
    this.#events.tries(url.href);
    return await this.#open(url, this.#element.getAttribute("crossorigin"));
  }

  async #changed(): Promise<void> {
    await new Promise<void>((resolve) => (this.#reconsider = resolve));
  }
}
