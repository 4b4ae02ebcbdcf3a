import * as v from "valibot";
import { frameHeader } from "./frame-header.ts";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const failure = v.object({
  code: v.picklist(["busy", "not-found", "not-allowed", "missing-dependency", "failed"]),
  message: v.string(),
});

/** What a capture process tells the program. */
export const event = v.variant("type", [
  v.object({ type: v.literal("hello"), pid: natural }),
  v.object({ type: v.literal("reply"), id: natural, value: v.optional(v.unknown()) }),
  v.object({ type: v.literal("failure"), id: natural, error: failure }),
  v.object({
    type: v.literal("frame"),
    device: natural,
    frame: frameHeader,
    /** Frames that were lost since the one that was sent last: by the driver, or by a slow program. */
    lost: v.object({ count: natural, /** Of sound: those that they had. */ samples: natural }),
  }),
  v.object({ type: v.literal("muted"), device: natural, muted: v.boolean() }),
  v.object({ type: v.literal("ended"), device: natural, error: failure }),
  v.object({
    type: v.literal("chunk"),
    encoder: natural,
    key: v.boolean(),
    /** µs */
    timestamp: v.number(),
    /** µs */
    duration: v.number(),
    /** Of pixels: px */
    size: v.optional(v.object({ width: natural, height: natural })),
    /** With an encoder's first chunk. */
    decoderConfig: v.optional(v.object({ codec: v.string(), description: v.optional(v.string()) })),
  }),
  v.object({
    type: v.literal("leftOut"),
    encoder: natural,
    /** Pictures of the device that weren't encoded since this was told last. */
    lost: natural,
    discarded: natural,
  }),
  v.object({
    type: v.literal("encoded"),
    encoder: natural,
    /** Frames that came from the program and are done. */
    count: natural,
  }),
  v.object({ type: v.literal("encoderError"), encoder: natural, error: failure }),
  v.object({ type: v.literal("outputWritten") }),
  v.object({ type: v.literal("outputError"), error: failure }),
]);

export type Event = v.InferOutput<typeof event>;
export type Failure = v.InferOutput<typeof failure>;
