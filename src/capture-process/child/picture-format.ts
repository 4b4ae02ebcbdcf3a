import type { AVPixelFormat } from "node-av/constants";
import type { PackedPixelFormat } from "../../media/encoding.ts";
import type { VideoHeader } from "../wire/frame-header.ts";
import type { Native } from "./native.ts";

type Format = VideoHeader["format"];

/** FFmpeg's pixel formats that cross the pipe as they are, by WebCodecs' names. */
export function wireFormats(native: Native): ReadonlyMap<AVPixelFormat, Format> {
  const c = native.constants;
  return new Map<AVPixelFormat, Format>([
    [c.AV_PIX_FMT_YUV420P, "I420"],
    [c.AV_PIX_FMT_YUVJ420P, "I420"],
    [c.AV_PIX_FMT_NV12, "NV12"],
    [c.AV_PIX_FMT_RGBA, "RGBA"],
    [c.AV_PIX_FMT_RGB0, "RGBX"],
    [c.AV_PIX_FMT_BGRA, "BGRA"],
    [c.AV_PIX_FMT_BGR0, "BGRX"],
  ]);
}

/** Packed pixels, by the names that readers give them. */
export function packedFormats({
  constants: c,
}: Native): Readonly<Record<PackedPixelFormat, AVPixelFormat>> {
  return {
    rgb24: c.AV_PIX_FMT_RGB24,
    bgr24: c.AV_PIX_FMT_BGR24,
    rgba: c.AV_PIX_FMT_RGBA,
    gray8: c.AV_PIX_FMT_GRAY8,
    nv12: c.AV_PIX_FMT_NV12,
    i420: c.AV_PIX_FMT_YUV420P,
  };
}

/** The other way round, for pictures that the program sends. */
export function nativeFormats(native: Native): ReadonlyMap<Format, AVPixelFormat> {
  const c = native.constants;
  return new Map<Format, AVPixelFormat>([
    ["I420", c.AV_PIX_FMT_YUV420P],
    ["I420A", c.AV_PIX_FMT_YUVA420P],
    ["I422", c.AV_PIX_FMT_YUV422P],
    ["I444", c.AV_PIX_FMT_YUV444P],
    ["NV12", c.AV_PIX_FMT_NV12],
    ["RGBA", c.AV_PIX_FMT_RGBA],
    ["RGBX", c.AV_PIX_FMT_RGB0],
    ["BGRA", c.AV_PIX_FMT_BGRA],
    ["BGRX", c.AV_PIX_FMT_BGR0],
  ]);
}
