import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import { PictureScaler } from "../../media/picture-scaler.ts";
import { pictureOf } from "../../media/video-frame.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { targetSize } from "./frame-options.ts";
import type { FrameBytes, FrameOptions, PixelFormat } from "./frame-options.ts";

/** Makes packed pixels of frames: cropped in the middle to the wanted shape, scaled, RGB. */
export class PixelConverter {
  readonly #options: FrameOptions;
  readonly #format: Exclude<PixelFormat, "jpeg">;
  #scaler: { readonly key: string; readonly scaler: PictureScaler } | undefined;

  constructor(options: FrameOptions, format: Exclude<PixelFormat, "jpeg">) {
    this.#options = options;
    this.#format = format;
  }

  /** `frame` stays open. */
  async convert(frame: VideoFrame): Promise<FrameBytes> {
    const visible = frame.visibleRect ?? { x: 0, y: 0, width: 1, height: 1 };
    const size = targetSize(this.#options, visible);
    const isSame = size.width === visible.width && size.height === visible.height;
    const scaled = isSame ? frame : this.#scale(frame, visible, size);
    try {
      const rgba = Buffer.alloc(size.width * size.height * 4);
      await scaled.copyTo(rgba, { format: "RGBA" });
      const bytes = this.#format === "rgba" ? rgba : withoutAlpha(rgba);
      const { timestamp } = frame;
      return Object.assign(bytes, { format: this.#format, ...size, timestamp });
    } finally {
      if (scaled !== frame) scaled.close();
    }
  }

  #scale(
    frame: VideoFrame,
    visible: { readonly x: number; readonly y: number; readonly width: number; height: number },
    size: { readonly width: number; readonly height: number },
  ): VideoFrame {
    const picture = pictureOf(frame);
    const { x, y, width, height } = visible;
    const key = [picture.format, x, y, width, height, size.width, size.height].join();
    if (this.#scaler?.key !== key) {
      const scaler = new PictureScaler(picture.format, { x, y, width, height }, size);
      this.#scaler = { key, scaler };
    }
    const { data } = this.#scaler.scaler.scale(picture);
    return adoptVideoFrame(data, {
      format: picture.format,
      codedWidth: size.width,
      codedHeight: size.height,
      timestamp: frame.timestamp,
      colorSpace: frame.colorSpace,
    });
  }
}

function withoutAlpha(rgba: Buffer): Buffer {
  const rgb = Buffer.alloc((rgba.length / 4) * 3);
  for (let read = 0, write = 0; read < rgba.length; read += 4, write += 3) {
    rgb[write] = rgba[read] ?? 0;
    rgb[write + 1] = rgba[read + 1] ?? 0;
    rgb[write + 2] = rgba[read + 2] ?? 0;
  }
  return rgb;
}
