import type { DomDocument } from "../dom-window.ts";
import type { CanvasElement } from "./canvas-element.ts";

/** A new canvas for `drawImage()`; `paint` fills in its pixels, RGBA without padding. */
export function paintedCanvas(
  document: Pick<DomDocument, "createElement">,
  { height, width }: { readonly width: number; readonly height: number },
  paint: (pixels: Uint8ClampedArray) => void,
): CanvasElement {
  const canvas = document.createElement("canvas") as CanvasElement;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return canvas;
  const image = context.createImageData(width, height);
  paint(image.data);
  context.putImageData(image, 0, 0);
  return canvas;
}
