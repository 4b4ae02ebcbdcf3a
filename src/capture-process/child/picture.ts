import type { AVPixelFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";

/** A picture's planes, valid only while the frame that they belong to is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly format: AVPixelFormat;
  readonly planes: readonly Buffer[];
  readonly strides: readonly number[];
  /** The frame that it is, where it is one. */
  readonly frame?: Frame;
}

export function pictureOfFrame(frame: Frame): Picture {
  return {
    width: frame.width,
    height: frame.height,
    format: frame.format as AVPixelFormat,
    // Asked only where px are touched.
    get planes() {
      return frame.data ?? [];
    },
    get strides() {
      return frame.linesize;
    },
    frame,
  };
}
