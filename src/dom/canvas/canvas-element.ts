import type { DomElement } from "../dom-window.ts";

/** Pixels of a canvas. */
export interface CanvasImageData {
  readonly data: Uint8ClampedArray;
}

/** What is used of a canvas' 2D context. */
export interface CanvasContext {
  createImageData(width: number, height: number): CanvasImageData;
  getImageData(x: number, y: number, width: number, height: number): CanvasImageData;
  putImageData(image: CanvasImageData, x: number, y: number): void;
}

/** A canvas element of a window. */
export interface CanvasElement extends DomElement {
  /** px */
  width: number;
  /** px */
  height: number;
  /** Null (jsdom) or an error (happy-dom) where no canvas package is installed. */
  getContext(contextId: "2d"): CanvasContext | null;
}
