import type { AVSampleFormat } from "node-av/constants";
import type { AudioHeader } from "../wire/frame-header.ts";
import type { Native } from "./native.ts";

/** FFmpeg's sample formats by WebCodecs' names. */
export function sampleFormats(native: Native): ReadonlyMap<AVSampleFormat, AudioHeader["format"]> {
  const c = native.constants;
  return new Map<AVSampleFormat, AudioHeader["format"]>([
    [c.AV_SAMPLE_FMT_U8, "u8"],
    [c.AV_SAMPLE_FMT_S16, "s16"],
    [c.AV_SAMPLE_FMT_S32, "s32"],
    [c.AV_SAMPLE_FMT_FLT, "f32"],
    [c.AV_SAMPLE_FMT_U8P, "u8-planar"],
    [c.AV_SAMPLE_FMT_S16P, "s16-planar"],
    [c.AV_SAMPLE_FMT_S32P, "s32-planar"],
    [c.AV_SAMPLE_FMT_FLTP, "f32-planar"],
  ]);
}
