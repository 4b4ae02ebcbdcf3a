import type { AVPixelFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";

/** A picture's planes, valid only while the frame that they belong to is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly format: AVPixelFormat;
  readonly planes: readonly Buffer[];
  readonly strides: readonly number[];
}

export function pictureOfFrame(frame: Frame): Picture {
  return {
    width: frame.width,
    height: frame.height,
    format: frame.format as AVPixelFormat,
    planes: frame.data ?? [],
    strides: frame.linesize,
  };
}
