import { fraction, flags, id, int, object, oneOf, type Pod, range, rectangle } from "./spa-pod.ts";
import { PodChoice, type PodProperties, type PodValue } from "./spa-pod.ts";

/** Numbers of `spa/param/format.h`, `spa/param/param.h`, `spa/buffer/meta.h` and `spa/buffer/buffer.h`. */
const OBJECT = { format: 0x40003, buffers: 0x40004, meta: 0x40005 } as const;
export const PARAMETER = { enumFormat: 3, format: 4, buffers: 5, meta: 6 } as const;
export const META = { header: 1, crop: 2 } as const;
const FORMAT = {
  mediaType: 1,
  mediaSubtype: 2,
  pixels: 0x20001,
  size: 0x20003,
  frameRate: 0x20004,
  maxFrameRate: 0x20005,
} as const;
const MEDIA_TYPE_VIDEO = 2;
const SUBTYPE_RAW = 1;
/** Memory that is in this process already, or that can be mapped: no memory of a GPU. */
const DATA_TYPES = (1 << 1) | (1 << 2);

/** Packed pixels by `enum spa_video_format`. What is behind a screen isn't seen: alpha says nothing. */
const PIXELS = new Map<number, ScreenPixels>([
  [8, "BGRX"],
  [7, "RGBX"],
  [12, "BGRX"],
  [11, "RGBX"],
]);

export type ScreenPixels = "BGRX" | "RGBX";

/** What a stream runs in. */
export interface StreamFormat {
  readonly pixels: ScreenPixels;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
}

/**
 * The formats that a screen is asked for. No modifier is among them, so that compositors give memory
 * that can be read and not a GPU's. They send a picture when the screen changes (rate 0), and no
 * more often than the highest rate, whose denominator some of them divide by.
 */
export function offeredFormat(size: { width: number; height: number }, maxFrameRate: number): Pod {
  const [first = 8, ...others] = PIXELS.keys();
  const rate = Math.max(1, Math.round(maxFrameRate));
  return object(OBJECT.format, PARAMETER.enumFormat, [
    [FORMAT.mediaType, id(MEDIA_TYPE_VIDEO)],
    [FORMAT.mediaSubtype, id(SUBTYPE_RAW)],
    [FORMAT.pixels, oneOf(id(first), ...others.map(id))],
    [
      FORMAT.size,
      range(rectangle(size.width, size.height), rectangle(1, 1), rectangle(16_384, 16_384)),
    ],
    [FORMAT.frameRate, range(fraction(0), fraction(0), fraction(1000))],
    [FORMAT.maxFrameRate, range(fraction(rate), fraction(1), fraction(rate))],
  ]);
}

/** How buffers are to be, once the format is agreed on: with time stamps, and windows cropped. */
export function bufferParameters(): readonly Pod[] {
  const metaOf = (type: number, bytes: number): Pod =>
    object(OBJECT.meta, PARAMETER.meta, [
      [1, id(type)],
      [2, int(bytes)],
    ]);
  return [
    object(OBJECT.buffers, PARAMETER.buffers, [
      [1, range(int(4), int(2), int(16))],
      [6, flags(DATA_TYPES)],
    ]),
    metaOf(META.header, 32),
    metaOf(META.crop, 16),
  ];
}

/** The format that was agreed on; undefined where it is none that was offered. */
export function parseFormat(value: PodValue): StreamFormat | undefined {
  if (!(value instanceof Map)) return undefined;
  const properties: PodProperties = value;
  const pixels = PIXELS.get(Number(only(properties.get(FORMAT.pixels))));
  const size = only(properties.get(FORMAT.size));
  if (pixels === undefined || !Array.isArray(size)) return undefined;
  const [width, height] = size.map(Number);
  return width && height ? { pixels, width, height } : undefined;
}

function only(value: PodValue): PodValue {
  return value instanceof PodChoice ? value.values[0] : value;
}
