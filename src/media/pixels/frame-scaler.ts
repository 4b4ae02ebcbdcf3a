import { adoptVideoFrame } from "../adopt-frame.ts";
import { PictureScaler } from "./picture-scaler.ts";
import type { PictureSize } from "./target-size.ts";
import { pictureOf, type VideoFrame } from "../video-frame.ts";

/** Crops frames in the middle and scales them; what one frame needs is kept for the next. */
export class FrameScaler {
  #cached: { readonly key: string; readonly scaler: PictureScaler } | undefined;

  /** A new frame of that size, in the same format; `frame` stays open. */
  scale(frame: VideoFrame, { height, width }: PictureSize): VideoFrame {
    const picture = pictureOf(frame);
    const { format } = picture;
    const rect = frame.visibleRect ?? { x: 0, y: 0, width, height };
    const source = { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
    const key = [format, source.x, source.y, source.width, source.height, width, height].join();
    if (this.#cached?.key !== key) {
      this.#cached = { key, scaler: new PictureScaler(format, source, { width, height }) };
    }
    const { data } = this.#cached.scaler.scale(picture);
    return adoptVideoFrame(data, {
      format,
      codedWidth: width,
      codedHeight: height,
      timestamp: frame.timestamp,
      ...(frame.duration !== null && { duration: frame.duration }),
      colorSpace: frame.colorSpace,
    });
  }
}
