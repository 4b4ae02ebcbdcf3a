import { allocatePicture, planesOf, type Picture } from "./picture.ts";
import { PlaneScaler } from "./plane-scaler.ts";
import type { Rect } from "./plane-layout.ts";
import { PLANE_FORMATS, type VideoPixelFormat } from "./video-pixel-format.ts";

/**
 * The largest part of `source`, in the middle, that has the shape of the target; it starts on even
 * px so that chroma stays in place.
 */
export function cropToShape(
  source: Rect,
  target: { readonly width: number; readonly height: number },
): Rect {
  const width = Math.min(source.width, Math.round((source.height * target.width) / target.height));
  const height = Math.min(source.height, Math.round((source.width * target.height) / target.width));
  const x = source.x + 2 * Math.floor((source.width - width) / 4);
  const y = source.y + 2 * Math.floor((source.height - height) / 4);
  return { x, y, width: Math.max(1, width), height: Math.max(1, height) };
}

/** Crops and scales pictures of one format and size to another size, keeping the format. */
export class PictureScaler {
  readonly #format: VideoPixelFormat;
  readonly #from: Rect;
  readonly #to: Rect;
  readonly #planes: readonly PlaneScaler[];

  constructor(
    format: VideoPixelFormat,
    source: Rect,
    target: { readonly width: number; readonly height: number },
  ) {
    this.#format = format;
    this.#from = cropToShape(source, target);
    this.#to = { x: 0, y: 0, width: target.width, height: target.height };
    this.#planes = PLANE_FORMATS[format].map(({ sampleBytes, sampleWidth, sampleHeight }) => {
      const size = ({ width, height }: Rect) => ({
        width: Math.ceil(width / sampleWidth),
        height: Math.ceil(height / sampleHeight),
      });
      return new PlaneScaler(size(this.#from), size(this.#to), sampleBytes);
    });
  }

  /** A new picture; the source is only read. */
  scale(source: Picture): Picture {
    const target = allocatePicture(this.#format, this.#to, source.colorSpace);
    const to = planesOf(target, this.#to);
    for (const [index, plane] of planesOf(source, this.#from).entries()) {
      const destination = to[index];
      if (destination !== undefined) this.#planes[index]?.scale(plane, destination);
    }
    return target;
  }
}
