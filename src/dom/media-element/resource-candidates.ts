import type { DomElement } from "../dom-window.ts";
import { canPlayType } from "./can-play-type.ts";

/** An address that an element is to play. */
export interface ResourceCandidate {
  /** Undefined for what is no address, or of a type that isn't played. */
  readonly url: URL | undefined;
  /** The `<source>` that it is of, if it isn't the element's own. */
  readonly source: DomElement | undefined;
}

/**
 * What an element is to play: its `src` attribute, or else its `<source>` children one after another.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#concept-media-load-algorithm
 */
export class ResourceCandidates {
  readonly #element: DomElement;
  readonly #tried = new Set<DomElement>();
  readonly #isAttribute: boolean;

  constructor(element: DomElement) {
    this.#element = element;
    this.#isAttribute = element.hasAttribute("src");
  }

  /** The next to be tried; undefined where none is left. */
  next(): ResourceCandidate | undefined {
    if (this.#isAttribute) return { url: addressOf(this.#element), source: undefined };
    const source = sourcesOf(this.#element).find((child) => !this.#tried.has(child));
    if (source === undefined) return undefined;
    this.#tried.add(source);
    const type = source.getAttribute("type");
    const isPlayed = type === null || canPlayType(type) !== "";
    return { url: isPlayed ? addressOf(source) : undefined, source };
  }
}

/** The addresses that an element names. */
export function namedBy(element: DomElement): URL[] {
  const naming = element.hasAttribute("src") ? [element] : sourcesOf(element);
  return naming.map(addressOf).filter((url) => url !== undefined);
}

function sourcesOf(element: DomElement): DomElement[] {
  return [...element.children].filter(({ localName }) => localName === "source");
}

function addressOf(element: DomElement): URL | undefined {
  const src = element.getAttribute("src");
  if (src === null || src === "") return undefined;
  return URL.canParse(src, element.ownerDocument.baseURI)
    ? new URL(src, element.ownerDocument.baseURI)
    : undefined;
}
