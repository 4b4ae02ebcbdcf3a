import { createCanvas } from "@napi-rs/canvas";

/** A canvas without an element, which jsdom hasn't got. */
// oxlint-disable-next-line no-extraneous-class
export class OffscreenCanvas {
  constructor(width: number, height: number) {
    // oxlint-disable-next-line no-constructor-return -- what is drawn on is the package's own object
    return createCanvas(width, height) as unknown as OffscreenCanvas;
  }
}
