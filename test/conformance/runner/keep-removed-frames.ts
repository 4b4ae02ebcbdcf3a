import type { DOMWindow } from "jsdom";

/**
 * jsdom empties a frame's document once the frame is removed; in browsers it stays as it is, only not
 * active any more. Here frames are closed with the page.
 */
export function keepRemovedFrames(window: DOMWindow, atEnd: Set<() => void>): void {
  const close = window.close.bind(window);
  const parent: object = window.parent;
  const isFrame = parent !== window;
  if (isFrame) atEnd.add(close);
  window.close = isFrame
    ? () => {}
    : () => {
        close();
        for (const closeFrame of atEnd) closeFrame();
      };
}
