import type { MediaTrackSettings } from "../../constraints/types.ts";
import { blackFrame } from "../../media/black-frame.ts";
import { FrameScaler } from "../../media/pixels/frame-scaler.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { FrameDecimator } from "./frame-decimator.ts";

/** Rates nearer than this are the same: drivers say 30 and give 29.97. */
const SAME_RATE = 0.98;

/** Whether a track of this rate takes fewer frames than its source has. */
export function isSlowerThan(
  frameRate: number | undefined,
  sourceRate: number = Infinity,
): frameRate is number {
  return frameRate !== undefined && frameRate < sourceRate * SAME_RATE;
}

/** What a video track makes of its source's frames: fewer, of its own size, black if disabled. */
export class VideoView {
  #settings: MediaTrackSettings = {};
  #sourceRate = Infinity;
  #decimator: FrameDecimator | undefined;
  readonly #scaler = new FrameScaler();

  /** `sourceRate`: what the device runs at, where that is known. */
  configure(settings: MediaTrackSettings, sourceRate: number | undefined): void {
    const { frameRate } = settings;
    const changed = frameRate !== this.#settings.frameRate || sourceRate !== this.#sourceRate;
    this.#settings = settings;
    this.#sourceRate = sourceRate ?? Infinity;
    if (!changed) return;
    this.#decimator = isSlowerThan(frameRate, this.#sourceRate)
      ? new FrameDecimator(this.#sourceRate, frameRate)
      : undefined;
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
      : this.#scaler.scale(frame, { width, height });
  }
}
