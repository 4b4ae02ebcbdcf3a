import type { AVPixelFormat, AVSampleFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";
import type { Native } from "./native.ts";

/** A picture with memory of its own; the caller frees it. */
export function newPicture(
  native: Native,
  width: number,
  height: number,
  format: AVPixelFormat,
): Frame {
  const frame = new native.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  if (frame.allocBuffer() < 0) throw new Error(`No memory for a picture of ${width}x${height}.`);
  frame.sampleAspectRatio = new native.Rational(1, 1);
  return frame;
}

/** Samples with memory of their own; the caller frees them. */
export function newSamples(
  native: Native,
  shape: {
    readonly sampleRate: number;
    readonly channels: number;
    readonly format: AVSampleFormat;
  },
  nbSamples: number,
): Frame {
  const frame = new native.Frame();
  frame.alloc();
  frame.nbSamples = nbSamples;
  frame.format = shape.format;
  frame.sampleRate = shape.sampleRate;
  frame.channelLayout = native.avChannelLayoutDefault(shape.channels);
  if (frame.allocBuffer() < 0) throw new Error(`No memory for ${nbSamples} samples.`);
  return frame;
}
