import { DeviceError } from "../../contract/device-error.ts";
import { systemClock } from "../../engine/clock/system-clock.ts";
import { encodePng } from "../../sinks/image-capture/encode-png.ts";
import { grabPicture } from "../../sinks/image-capture/grabbed-picture.ts";
import type { GrabbedPicture } from "../../sinks/image-capture/grabbed-picture.ts";
import { takeJpeg } from "../../sinks/image-capture/take-jpeg.ts";
import type { ImageCaptureSlots } from "./image-capture.ts";
import { liveTrack } from "../track/live-track.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { PhotoCapabilities, PhotoSettings } from "./photo-settings.ts";

/** @see https://w3c.github.io/mediacapture-image/#dom-imagecapture-takephoto */
export async function takePhoto(slots: ImageCaptureSlots, settings: PhotoSettings): Promise<Blob> {
  const track = liveTrack(slots.track, "ImageCapture");
  const { DOMException } = slots.realm;
  const asked = sizeAskedFor(slots, settings, await getPhotoCapabilities(slots));
  try {
    const jpeg = await takeJpeg(track, clockOf(slots), asked);
    if (jpeg !== undefined) return blob(slots, jpeg, "image/jpeg");
  } catch (error) {
    const isMissing = error instanceof DeviceError && error.code === "missing-dependency";
    if (!isMissing) throw new DOMException(messageOf(error), "UnknownError");
    const picture = await grabPicture(track, clockOf(slots), asked);
    if (picture !== undefined) {
      return blob(slots, encodePng(picture), "image/png");
    }
  }
  throw noPicture(slots);
}

/** @see https://w3c.github.io/mediacapture-image/#dom-imagecapture-grabframe */
export async function grabFrame(slots: ImageCaptureSlots): Promise<GrabbedPicture> {
  const track = liveTrack(slots.track, "ImageCapture");
  if (!track.enabled || track.muted) {
    const what = track.muted ? "muted" : "disabled";
    const message = `The track is ${what}: it gives no picture.`;
    throw new slots.realm.DOMException(message, "InvalidStateError");
  }
  const picture = await grabPicture(track, clockOf(slots));
  if (picture === undefined) throw noPicture(slots);
  return picture;
}

/** @see https://w3c.github.io/mediacapture-image/#dom-imagecapture-getphotocapabilities */
export async function getPhotoCapabilities(slots: ImageCaptureSlots): Promise<PhotoCapabilities> {
  const { settings } = liveTrack(slots.track, "ImageCapture");
  const { width, height } = slots.track.getCapabilities();
  // The caller's turn ends first, and may stop the track.
  await slots.realm.Promise.resolve();
  if (slots.track.readyState === "ended") throw stoppedMeanwhile(slots);
  const range = (max = 640) => ({ max, min: 1, step: 1 });
  return {
    redEyeReduction: "never",
    imageHeight: range(height?.max ?? settings.height),
    imageWidth: range(width?.max ?? settings.width),
    fillLightMode: [],
  };
}

/** @throws DOMException `NotSupportedError` for what no camera here has */
function sizeAskedFor(
  { realm }: ImageCaptureSlots,
  { fillLightMode, imageWidth, imageHeight, redEyeReduction }: PhotoSettings,
  capabilities: PhotoCapabilities,
): { width?: number; height?: number } {
  const refuse = (what: string): DOMException =>
    new realm.DOMException(`${what} can't be had from this track.`, "NotSupportedError");
  if (fillLightMode !== undefined) throw refuse(`fillLightMode "${fillLightMode}"`);
  if (redEyeReduction === true) throw refuse("redEyeReduction");
  const { imageWidth: widths, imageHeight: heights } = capabilities;
  const isOutside = (size: number | undefined, { min, max }: { min: number; max: number }) =>
    size !== undefined && (size < min || size > max);
  if (isOutside(imageWidth, widths)) throw refuse(`imageWidth ${imageWidth}`);
  if (isOutside(imageHeight, heights)) throw refuse(`imageHeight ${imageHeight}`);
  return {
    ...(imageWidth !== undefined && { width: Math.round(imageWidth) }),
    ...(imageHeight !== undefined && { height: Math.round(imageHeight) }),
  };
}

function blob({ realm }: ImageCaptureSlots, bytes: Uint8Array, type: string): Blob {
  return new (realm.Blob ?? Blob)([bytes as Uint8Array<ArrayBuffer>], { type });
}

function clockOf({ track }: ImageCaptureSlots) {
  return mediaStreamTrackBrand.slotsOf(track).realm.clock ?? systemClock;
}

function stoppedMeanwhile({ realm }: ImageCaptureSlots): DOMException {
  return new realm.DOMException("The track was stopped meanwhile.", "OperationError");
}

function noPicture({ realm }: ImageCaptureSlots): DOMException {
  return new realm.DOMException("The track gave no picture.", "UnknownError");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
