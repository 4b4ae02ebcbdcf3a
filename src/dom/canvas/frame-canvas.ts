import { convertToRgb } from "../../media/pixels/convert-picture.ts";
import { pictureOf } from "../../media/video-frame.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { DomDocument } from "../dom-window.ts";
import type { CanvasElement } from "./canvas-element.ts";
import { paintedCanvas } from "./painted-canvas.ts";

/** Bytes of an RGBA pixel. */
const PIXEL_BYTES = 4;

/** A new canvas with a frame's picture on it. */
export function frameCanvas(
  document: Pick<DomDocument, "createElement">,
  frame: VideoFrame,
): CanvasElement {
  const { x = 0, y = 0, width = 0, height = 0 } = frame.visibleRect ?? {};
  return paintedCanvas(document, { width, height }, ({ buffer, byteLength, byteOffset }) => {
    const data = new Uint8Array(buffer, byteOffset, byteLength);
    const layout = [{ offset: 0, stride: width * PIXEL_BYTES }];
    const rgba = { format: "RGBA", width, height, data, layout } as const;
    convertToRgb(pictureOf(frame), { x, y, width, height }, rgba);
  });
}
