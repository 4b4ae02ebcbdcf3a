import type { EngineOptions } from "../../engine/contract.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { isGrabbedPicture } from "../../sinks/image-capture/grabbed-picture.ts";
import { createTrack } from "../../web/track/create-track.ts";
import { mediaStreamBrand } from "../../web/stream/media-stream-slots.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import type { Realm } from "../../web/realm/realm.ts";
import { createObject } from "../../webidl/create-object.ts";
import type { ConversionContext } from "../../webidl/converter.ts";
import { double } from "../../webidl/primitives.ts";
import type { DomInterface, DomWindow } from "../dom-window.ts";
import type { FindPlayer } from "../media-element/install-media-elements.ts";
import { MemberOverrides } from "../member-overrides.ts";
import { CanvasCapture } from "./canvas-capture.ts";
import { canvasCaptureBrand } from "./canvas-capture-media-stream-track.ts";
import type { CanvasElement } from "./canvas-element.ts";
import { CanvasPainting } from "./canvas-painting.ts";
import { frameCanvas } from "./frame-canvas.ts";
import { paintedCanvas } from "./painted-canvas.ts";
import { randomId } from "../../web/realm/window-gaps.ts";

export interface CanvasParts extends EngineOptions {
  readonly realm: Realm;
  readonly playerOf: FindPlayer;
}

/**
 * Lets a window's canvases draw the video of media elements, and be captured. Where no canvas
 * package is installed there is nothing to draw on, and captured tracks stay without frames.
 */
export function installCanvas(window: DomWindow, parts: CanvasParts): void {
  const { prototype } = window.HTMLCanvasElement;
  const painting = new CanvasPainting(prototype, (image) => {
    if (isGrabbedPicture(image)) {
      return paintedCanvas(window.document, image, (pixels) => pixels.set(image.data));
    }
    if (image instanceof VideoFrame) return frameCanvas(window.document, image);
    if (!isElementOf(image, window.HTMLVideoElement)) return image;
    const { currentFrame, isTainted } = parts.playerOf(image) ?? {};
    if (!currentFrame) return null;
    // Deviates: a canvas here can't be kept from being read, so it gets a black picture.
    return isTainted
      ? paintedCanvas(window.document, sizeOf(currentFrame), paintBlack)
      : frameCanvas(window.document, currentFrame);
  });
  const description = "Failed to execute 'captureStream' on 'HTMLCanvasElement'";
  const context = { realm: parts.realm, description };
  new MemberOverrides(prototype).add(parts.realm, "captureStream", (object, [value]) => {
    checkCanvas(object, prototype, context);
    const canvas = object as CanvasElement;
    const frameRate = value === undefined ? undefined : double(value, context);
    return captureStream({ canvas, painting, frameRate }, parts);
  });
}

/** @throws TypeError of the window for anything but a canvas */
function checkCanvas(
  object: unknown,
  prototype: object,
  { description, realm }: ConversionContext,
): void {
  const { get: nativeWidth } = Object.getOwnPropertyDescriptor(prototype, "width") ?? {};
  try {
    nativeWidth?.call(object);
  } catch {
    throw new realm.TypeError(`${description}: Illegal invocation`);
  }
}

function isElementOf(value: unknown, { prototype }: DomInterface): value is object {
  return Object.prototype.isPrototypeOf.call(prototype, value as object);
}

function sizeOf({ displayHeight: height, displayWidth: width }: VideoFrame) {
  return { width, height };
}

function paintBlack(pixels: Uint8ClampedArray): void {
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255;
}

interface CaptureRequest {
  readonly canvas: CanvasElement;
  readonly painting: CanvasPainting;
  readonly frameRate: number | undefined;
}

/** @see https://w3c.github.io/mediacapture-fromelement/#dom-htmlcanvaselement-capturestream */
function captureStream(
  { canvas, frameRate, painting }: CaptureRequest,
  { clock, codecs, realm }: CanvasParts,
): MediaStream {
  if (frameRate !== undefined && frameRate < 0) {
    const message = "The frame rate of a canvas can't be negative.";
    throw new realm.DOMException(message, "NotSupportedError");
  }
  const capture = new CanvasCapture({ canvas, clock, codecs, frameRate, painting, realm });
  const { height, width } = canvas;
  const settings = { width, height, aspectRatio: width / height, resizeMode: "none" } as const;
  const track = createTrack(realm, capture.source.openTrack(settings), {
    createObject: () => createObject(realm, canvasCaptureBrand, { capture }),
  });
  const tracks = new Set([track]);
  return createObject(realm, mediaStreamBrand, { realm, id: randomId(), tracks });
}
