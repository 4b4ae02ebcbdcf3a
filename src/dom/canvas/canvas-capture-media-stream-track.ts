import { mediaStreamTrackBrand } from "../../web/track/media-stream-track-slots.ts";
import { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import type { CanvasCapture } from "./canvas-capture.ts";
import type { CanvasElement } from "./canvas-element.ts";

export const canvasCaptureBrand = new Brand<
  { readonly capture: CanvasCapture },
  CanvasCaptureMediaStreamTrack
>("CanvasCaptureMediaStreamTrack", mediaStreamTrackBrand);

/**
 * What is painted on a canvas.
 * @see https://w3c.github.io/mediacapture-fromelement/#the-canvascapturemediastreamtrack
 */
export class CanvasCaptureMediaStreamTrack extends MediaStreamTrack {
  get canvas(): CanvasElement {
    return canvasCaptureBrand.slotsOf(this).capture.canvas;
  }

  /** Has a frame captured that painting alone wouldn't make, or not yet. */
  requestFrame(): void {
    canvasCaptureBrand.slotsOf(this).capture.requestFrame();
  }
}

/** The IDL of {@link CanvasCaptureMediaStreamTrack}. */
export const canvasCaptureInterface = defineInterface({
  brand: canvasCaptureBrand,
  class: CanvasCaptureMediaStreamTrack,
  operations: { requestFrame: operation() },
});
