import type { GrabbedPicture } from "../../sinks/image-capture/grabbed-picture.ts";
import type { DomDocument } from "../dom-window.ts";
import type { CanvasElement } from "./canvas-element.ts";

/** A new canvas with a grabbed picture on it, for `drawImage()`. */
export function pictureCanvas(
  document: DomDocument,
  { data, height, width }: Pick<GrabbedPicture, "data" | "height" | "width">,
): CanvasElement {
  const canvas = document.createElement("canvas") as CanvasElement;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return canvas;
  const image = context.createImageData(width, height);
  image.data.set(data);
  context.putImageData(image, 0, 0);
  return canvas;
}
