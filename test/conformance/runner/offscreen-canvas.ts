import { createCanvas } from "@napi-rs/canvas";
import type { Canvas } from "@napi-rs/canvas";
import type { CanvasElement } from "../../../src/dom/canvas/canvas-element.ts";
import { frameCanvas } from "../../../src/dom/canvas/frame-canvas.ts";
import { VideoFrame } from "../../../src/media/video-frame.ts";

type Draw = (...values: unknown[]) => void;

/** A canvas without an element, which jsdom hasn't got. It can draw frames. */
// oxlint-disable-next-line no-extraneous-class
export class OffscreenCanvas {
  constructor(width: number, height: number) {
    const canvas = createCanvas(width, height);
    const context = canvas.getContext("2d");
    const draw = context.drawImage.bind(context) as Draw;
    const drawImage: Draw = (image, ...place) =>
      draw(image instanceof VideoFrame ? pictureOf(image) : image, ...place);
    Object.assign(context, { drawImage });
    // oxlint-disable-next-line no-constructor-return -- what is drawn on is the package's own object
    return canvas as unknown as OffscreenCanvas;
  }
}

function pictureOf(frame: VideoFrame): Canvas {
  const createElement = (): CanvasElement => createCanvas(1, 1) as unknown as CanvasElement;
  return frameCanvas({ createElement }, frame) as unknown as Canvas;
}
