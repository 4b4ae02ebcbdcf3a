import type { AVPixelFormat } from "node-av/constants";
import type { Frame, SoftwareScaleContext } from "node-av/lib";
import { cropToAspect } from "./crop-to-aspect.ts";
import type { Native } from "./native.ts";
import { newPicture } from "./new-frame.ts";
import { pictureOfFrame, type Picture } from "./picture.ts";
import { croppableFormats, planeOffset } from "./plane-offset.ts";

/** Crops pictures in the middle to an aspect, scales them and converts their format. */
export class Scaler {
  readonly #native: Native;
  readonly #croppable: ReturnType<typeof croppableFormats>;
  #context: SoftwareScaleContext | undefined;
  #contextKey = "";
  /** Makes formats that can't be cropped by pointing into them into one that can. */
  #before: Scaler | undefined;

  constructor(native: Native) {
    this.#native = native;
    this.#croppable = croppableFormats(native);
  }

  /** A new frame of this size and format; the caller frees it. */
  scale(picture: Picture, width: number, height: number, format: AVPixelFormat): Frame {
    const crop = cropToAspect(picture, width / height);
    const samplings = this.#croppable.get(picture.format);
    const isWhole = crop.width === picture.width && crop.height === picture.height;
    if (!isWhole && samplings === undefined)
      return this.#scaleTwice(picture, width, height, format);

    const context = this.#contextFor(crop, picture.format, { width, height, format });
    const planes = isWhole
      ? [...picture.planes]
      : picture.planes.map((plane, index) => {
          const sampling = samplings?.[index];
          const stride = picture.strides[index] ?? 0;
          return sampling ? plane.subarray(planeOffset(sampling, stride, crop.x, crop.y)) : plane;
        });
    const frame = newPicture(this.#native, width, height, format);
    const strides = [...picture.strides];
    context.scaleSync(planes, strides, 0, crop.height, frame.data ?? [], frame.linesize);
    return frame;
  }

  close(): void {
    this.#context?.freeContext();
    this.#context = undefined;
    this.#before?.close();
  }

  #scaleTwice(picture: Picture, width: number, height: number, format: AVPixelFormat): Frame {
    this.#before ??= new Scaler(this.#native);
    const planar = this.#native.constants.AV_PIX_FMT_YUV420P;
    const middle = this.#before.scale(picture, picture.width, picture.height, planar);
    try {
      return this.scale(pictureOfFrame(middle), width, height, format);
    } finally {
      middle.free();
    }
  }

  #contextFor(
    from: { readonly width: number; readonly height: number },
    fromFormat: AVPixelFormat,
    to: { readonly width: number; readonly height: number; readonly format: AVPixelFormat },
  ): SoftwareScaleContext {
    const key = [from.width, from.height, fromFormat, to.width, to.height, to.format].join();
    if (this.#context !== undefined && this.#contextKey === key) return this.#context;
    this.#context?.freeContext();
    const context = new this.#native.SoftwareScaleContext();
    const flags = this.#native.constants.SWS_BILINEAR;
    context.getContext(from.width, from.height, fromFormat, to.width, to.height, to.format, flags);
    this.#context = context;
    this.#contextKey = key;
    return context;
  }
}
