import type { AVPixelFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";

/** A picture's planes, valid only while the frame that they belong to is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly format: AVPixelFormat;
  readonly planes: readonly Buffer[];
  readonly strides: readonly number[];
  /** The frame that it is, where it is one that can be held: a driver's can't. */
  readonly frame?: Frame;
}

/** @param canBeHeld - whether a clone of the frame keeps its px */
export function pictureOfFrame(frame: Frame, canBeHeld = false): Picture {
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
    ...(canBeHeld && { frame }),
  };
}
