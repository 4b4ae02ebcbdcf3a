import type { DomElement, DomWindow } from "../dom-window.ts";

const MEDIA = "audio, video";

/** Tells of the media elements that are in a window's document, and of those that come into it. */
export function watchDocument(window: DomWindow, tell: (element: DomElement) => void): () => void {
  const { document, MutationObserver } = window;
  const tellIn = (node: Partial<DomElement>): void => {
    if (node.localName === "audio" || node.localName === "video") tell(node as DomElement);
    else for (const element of node.querySelectorAll?.(MEDIA) ?? []) tell(element);
  };
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) tellIn(node);
  });
  observer.observe(document, { childList: true, subtree: true });
  for (const element of document.querySelectorAll(MEDIA)) tell(element);
  return () => observer.disconnect();
}
