import type { EngineOptions } from "../../engine/contract.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Realm } from "../../web/realm/realm.ts";
import type { CanvasElement } from "./canvas-element.ts";
import type { CanvasPainting } from "./canvas-painting.ts";
import { PictureSource } from "../picture-source.ts";

export interface CanvasCaptureParts extends EngineOptions {
  readonly canvas: CanvasElement;
  readonly painting: CanvasPainting;
  readonly realm: Realm;
  /** Frames per second at most; 0 for `requestFrame()` alone; undefined for every painting. */
  readonly frameRate: number | undefined;
}

/**
 * Captures pictures of a canvas, as long as somebody wants them.
 *
 * @see https://w3c.github.io/mediacapture-fromelement/#the-canvascapturemediastreamtrack
 */
export class CanvasCapture {
  readonly canvas: CanvasElement;
  readonly source: PictureSource;
  readonly #parts: CanvasCaptureParts;
  /** The spec's `frameCaptureRequested`. */
  #isRequested = true;
  #isScheduled = false;
  #nextDueUs = 0;

  constructor(parts: CanvasCaptureParts) {
    const { canvas, painting } = parts;
    this.canvas = canvas;
    this.#parts = parts;
    this.source = new PictureSource(parts, () => this.requestFrame(), canvas);
    painting.watch(canvas, () => this.#painted());
  }

  /** Has what is painted captured, or the next painting. */
  requestFrame(): void {
    this.#isRequested = true;
    if (this.#parts.painting.isPainted(this.canvas)) this.#schedule(0);
  }

  #painted(): void {
    const { clock, frameRate } = this.#parts;
    if (!this.source.wantsFrames || (frameRate === 0 && !this.#isRequested)) return;
    this.#schedule(this.#isRequested ? 0 : this.#nextDueUs - clock.nowUs());
  }

  /** What a script paints in one task becomes one frame. */
  #schedule(delayUs: number): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const capture = (): void => {
      this.#isScheduled = false;
      this.#capture();
    };
    if (delayUs <= 0) this.#parts.realm.queueTask(capture);
    else this.#parts.clock.setTimeout(capture, delayUs / 1000);
  }

  #capture(): void {
    const { clock, frameRate } = this.#parts;
    const { height, width } = this.canvas;
    if (!this.canvas.getContext("2d") || width === 0 || height === 0) return;
    this.#isRequested = false;
    const timestamp = clock.nowUs();
    this.#nextDueUs = timestamp + (frameRate ? 1e6 / frameRate : 0);
    this.source.push(new VideoFrame(this.canvas, { timestamp }));
  }
}
