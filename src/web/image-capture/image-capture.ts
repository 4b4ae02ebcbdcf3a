import type { GrabbedPicture } from "../../sinks/image-capture/grabbed-picture.ts";
import { optionalDictionary, required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { promiseOperation } from "../../webidl/interface-definition.ts";
import { interfaceType } from "../../webidl/types.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack, MediaStreamTrackLike } from "../track/media-stream-track.ts";
import { photoSettings } from "./photo-settings.ts";
import type { PhotoCapabilities, PhotoSettings } from "./photo-settings.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";
import { getPhotoCapabilities, grabFrame, takePhoto } from "./take-photo.ts";

/** The slots of an {@link ImageCapture}. */
export interface ImageCaptureSlots {
  readonly realm: Realm;
  readonly track: MediaStreamTrack;
}

export const imageCaptureBrand = new Brand<ImageCaptureSlots, ImageCapture>("ImageCapture");

/**
 * Takes still pictures of a video track.
 *
 * @see https://w3c.github.io/mediacapture-image/#imagecaptureapi
 */
export class ImageCapture {
  /** @throws DOMException `NotSupportedError` for a track of audio */
  constructor(videoTrack: MediaStreamTrackLike);
  constructor(...values: unknown[]) {
    initialise(this, nodeRealm, constructorArguments(imageCaptureInterface, values));
  }

  /** The track that pictures are taken of. */
  get track(): MediaStreamTrack {
    return imageCaptureBrand.slotsOf(this).track;
  }

  /**
   * The next picture as a file: JPEG, or PNG where the library that encodes JPEG isn't installed.
   *
   * @param settings - `imageWidth` and `imageHeight`, in px: the picture is cropped in the
   *   middle to this shape, and scaled
   * @throws DOMException `InvalidStateError` when the track has ended; `NotSupportedError` for
   *   settings that it doesn't have; `UnknownError` when it gives no picture
   */
  takePhoto(settings: PhotoSettings = {}): Promise<Blob> {
    return takePhoto(imageCaptureBrand.slotsOf(this), settings);
  }

  /** What `takePhoto()` can be asked for. */
  getPhotoCapabilities(): Promise<PhotoCapabilities> {
    return getPhotoCapabilities(imageCaptureBrand.slotsOf(this));
  }

  /** What `takePhoto()` does where it isn't asked for anything. */
  async getPhotoSettings(): Promise<PhotoSettings> {
    const { width, height } = this.track.getSettings();
    const { fillLightMode } = await this.getPhotoCapabilities();
    const [mode] = fillLightMode;
    return {
      ...(mode && { fillLightMode: mode }),
      ...(height !== undefined && { imageHeight: height }),
      ...(width !== undefined && { imageWidth: width }),
      redEyeReduction: false,
    };
  }

  /**
   * The next picture as pixels.
   * @throws as {@link takePhoto}
   */
  grabFrame(): Promise<GrabbedPicture> {
    return grabFrame(imageCaptureBrand.slotsOf(this));
  }
}

/** The IDL of {@link ImageCapture}. */
export const imageCaptureInterface = defineInterface({
  brand: imageCaptureBrand,
  class: ImageCapture,
  construct: {
    example: "new ImageCapture(stream.getVideoTracks()[0])",
    arguments: [required(interfaceType(mediaStreamTrackBrand))],
    initialise,
  },
  operations: {
    takePhoto: promiseOperation(optionalDictionary(photoSettings)),
    getPhotoCapabilities: promiseOperation(),
    getPhotoSettings: promiseOperation(),
    grabFrame: promiseOperation(),
  },
});

/** @see https://w3c.github.io/mediacapture-image/#dom-imagecapture-imagecapture */
function initialise(object: object, realm: Realm, [value]: readonly unknown[]): void {
  const track = value as MediaStreamTrack;
  if (mediaStreamTrackBrand.slotsOf(track).track.kind !== "video") {
    throw new realm.DOMException(
      "Failed to construct 'ImageCapture': give a track of video.",
      "NotSupportedError",
    );
  }
  imageCaptureBrand.attach(object, { realm, track });
}
