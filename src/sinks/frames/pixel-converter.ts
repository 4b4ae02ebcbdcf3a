import type { PackedPixelFormat } from "../../media/encoding.ts";
import { FrameScaler } from "../../media/pixels/frame-scaler.ts";
import { packPixels } from "../../media/pixels/pack-pixels.ts";
import { targetSize } from "../../media/pixels/target-size.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { FrameBytes, FrameOptions } from "./frame-options.ts";

/** Makes packed pixels of frames: cropped in the middle to the wanted shape, and scaled. */
export class PixelConverter {
  readonly #options: FrameOptions;
  readonly #format: PackedPixelFormat;
  readonly #scaler = new FrameScaler();

  constructor(options: FrameOptions, format: PackedPixelFormat) {
    this.#options = options;
    this.#format = format;
  }

  /** `frame` stays open. */
  async convert(frame: VideoFrame): Promise<FrameBytes> {
    const visible = frame.visibleRect ?? { width: 1, height: 1 };
    const size = targetSize(this.#options, visible);
    const isSame = size.width === visible.width && size.height === visible.height;
    const scaled = isSame ? frame : this.#scaler.scale(frame, size);
    try {
      const bytes = await packPixels(scaled, this.#format);
      const { timestamp } = frame;
      return Object.assign(bytes, { format: this.#format, ...size, timestamp });
    } finally {
      if (scaled !== frame) scaled.close();
    }
  }
}
