import type { MediaTrackSettings } from "../../constraints/types.ts";
import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import { blackFrame } from "../../media/black-frame.ts";
import { PictureScaler } from "../../media/picture-scaler.ts";
import { pictureOf, type VideoFrame } from "../../media/video-frame.ts";
import { FrameDecimator } from "./frame-decimator.ts";

/** Rates nearer than this are the same: drivers say 30 and give 29.97. */
const SAME_RATE = 0.98;

/** What a video track makes of its source's frames: fewer, of its own size, black if disabled. */
export class VideoView {
  #settings: MediaTrackSettings = {};
  #sourceRate = Infinity;
  #decimator: FrameDecimator | undefined;
  #scaler: { readonly key: string; readonly scaler: PictureScaler } | undefined;

  /** `sourceRate`: what the device runs at, where that is known. */
  configure(settings: MediaTrackSettings, sourceRate: number | undefined): void {
    const { frameRate } = settings;
    const changed = frameRate !== this.#settings.frameRate || sourceRate !== this.#sourceRate;
    this.#settings = settings;
    this.#sourceRate = sourceRate ?? Infinity;
    if (!changed) return;
    const full = frameRate === undefined || frameRate >= this.#sourceRate * SAME_RATE;
    this.#decimator = full ? undefined : new FrameDecimator(this.#sourceRate, frameRate);
  }

  /** False for a frame that is left out for the track's frame rate. */
  takes(timestampUs: number): boolean {
    return this.#decimator?.takes(timestampUs) ?? true;
  }

  /** The track's own frame, to be closed by whom it is given to; the source's stays as it is. */
  view(frame: VideoFrame, enabled: boolean): VideoFrame {
    const width = this.#settings.width ?? frame.displayWidth;
    const height = this.#settings.height ?? frame.displayHeight;
    if (!enabled) {
      const { timestamp, duration } = frame;
      return blackFrame({ width, height, timestamp, duration });
    }
    const visible = frame.visibleRect;
    return visible?.width === width && visible.height === height
      ? frame.clone()
      : this.#scale(frame, width, height);
  }

  #scale(frame: VideoFrame, width: number, height: number): VideoFrame {
    const picture = pictureOf(frame);
    const visible = frame.visibleRect ?? { x: 0, y: 0, width, height };
    const { format } = picture;
    const key = `${format} ${visible.x} ${visible.y} ${visible.width} ${visible.height} ${width} ${height}`;
    if (this.#scaler?.key !== key) {
      this.#scaler = { key, scaler: new PictureScaler(format, visible, { width, height }) };
    }
    const { data } = this.#scaler.scaler.scale(picture);
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
