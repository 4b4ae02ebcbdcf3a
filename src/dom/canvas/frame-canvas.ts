import { convertToRgb } from "../../media/convert-picture.ts";
import { pictureOf } from "../../media/video-frame.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { DomDocument } from "../dom-window.ts";
import type { CanvasElement } from "./canvas-element.ts";

/** Bytes of an RGBA pixel. */
const PIXEL_BYTES = 4;

/** A new canvas with a frame's picture on it, for `drawImage()`. */
export function frameCanvas(document: DomDocument, frame: VideoFrame): CanvasElement {
  const canvas = document.createElement("canvas") as CanvasElement;
  const { x = 0, y = 0, width = 0, height = 0 } = frame.visibleRect ?? {};
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return canvas;
  const image = context.createImageData(width, height);
  const { buffer, byteLength, byteOffset } = image.data;
  convertToRgb(
    pictureOf(frame),
    { x, y, width, height },
    {
      format: "RGBA",
      width,
      height,
      data: new Uint8Array(buffer, byteOffset, byteLength),
      layout: [{ offset: 0, stride: width * PIXEL_BYTES }],
    },
  );
  context.putImageData(image, 0, 0);
  return canvas;
}
