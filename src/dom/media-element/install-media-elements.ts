import type { DomElement, DomWindow } from "../dom-window.ts";
import { MemberOverrides } from "../member-overrides.ts";
import { MediaElement } from "./media-element.ts";
import { MediaError } from "../../web/audio/media-error.ts";
import type { MediaPlayer, PlayerParts } from "./media-player.ts";
import type { MediaResources } from "./media-resources.ts";
import { overrideElementMembers } from "./override-element-members.ts";
import { watchDocument } from "./watch-document.ts";

/** Finds the player of an element that plays something. */
export type FindPlayer = (element: object) => MediaPlayer | undefined;

export interface InstalledElements {
  readonly playerOf: FindPlayer;
  /** Stops all that play. */
  close(): void;
}

interface ElementsParts extends PlayerParts {
  readonly resources: MediaResources;
}

/**
 * Teaches a window's media elements to play streams, and files. What plays anything else stays as
 * it was.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements
 * @see https://html.spec.whatwg.org/multipage/media.html
 */
export function installMediaElements(window: DomWindow, parts: ElementsParts): InstalledElements {
  const elements = new WeakMap<object, MediaElement>();
  const inUse = new Set<MediaElement>();
  const media = window.HTMLMediaElement.prototype;
  const { get: nativePaused } = Object.getOwnPropertyDescriptor(media, "paused") ?? {};
  const own = {
    ...parts,
    inUse,
    observer: (...values: ConstructorParameters<DomWindow["MutationObserver"]>) =>
      new window.MutationObserver(...values),
  };
  const elementOf = (object: object): MediaElement => {
    // Throws for anything but a media element.
    nativePaused?.call(object);
    const known = elements.get(object) ?? new MediaElement(object as DomElement, own);
    elements.set(object, known);
    known.notice();
    return known;
  };
  const isOurs = elementsOf(window);
  overrideElementMembers(
    new MemberOverrides(media, isOurs),
    new MemberOverrides(window.HTMLVideoElement.prototype, isOurs),
    { ...parts, elementOf },
  );
  if (!("MediaError" in window)) {
    const flags = { writable: true, configurable: true };
    Object.defineProperty(window, "MediaError", { value: MediaError, ...flags });
  }
  const stopWatching = watchDocument(window, elementOf);
  return {
    playerOf: (object) => elements.get(object)?.player,
    close() {
      stopWatching();
      for (const element of inUse) element.close();
    },
  };
}

/** Recognises elements of a window, those without a window among them. */
function elementsOf({ document }: DomWindow): (object: object) => boolean {
  return (object) => {
    const { ownerDocument = document } = (object ?? {}) as Partial<DomElement>;
    const view = ownerDocument.defaultView;
    return ownerDocument === document || view === null || view === document.defaultView;
  };
}
