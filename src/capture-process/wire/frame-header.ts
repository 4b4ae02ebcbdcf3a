import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A picture on the pipe; the payload is its planes, packed, in WebCodecs' order. */
export const videoHeader = v.object({
  kind: v.literal("video"),
  format: v.picklist(["I420", "I420A", "I422", "I444", "NV12", "RGBA", "RGBX", "BGRA", "BGRX"]),
  width: v.pipe(positive, v.maxValue(16_384)),
  height: v.pipe(positive, v.maxValue(16_384)),
  /** µs */
  timestamp: v.number(),
  /** µs */
  duration: v.optional(natural),
  fullRange: v.optional(v.boolean()),
  matrix: v.optional(v.picklist(["rgb", "bt709", "bt470bg", "smpte170m"])),
});

/** Samples on the pipe; the payload is interleaved, or plane after plane. */
export const audioHeader = v.object({
  kind: v.literal("audio"),
  format: v.picklist([
    "u8",
    "s16",
    "s32",
    "f32",
    "u8-planar",
    "s16-planar",
    "s32-planar",
    "f32-planar",
  ]),
  sampleRate: v.pipe(positive, v.maxValue(1_000_000)),
  numberOfChannels: v.pipe(positive, v.maxValue(64)),
  numberOfFrames: v.pipe(positive, v.maxValue(10_000_000)),
  /** µs */
  timestamp: v.number(),
});

export const frameHeader = v.variant("kind", [videoHeader, audioHeader]);

export type VideoHeader = v.InferOutput<typeof videoHeader>;
export type AudioHeader = v.InferOutput<typeof audioHeader>;
export type FrameHeader = v.InferOutput<typeof frameHeader>;
