import { type DOMRectInit } from "./dom-rect.ts";
import { longLong, unsignedLong, unsignedLongLong } from "./enforce-range.ts";
import {
  type CombinedLayout,
  computeLayout,
  parseVisibleRect,
  type PlaneLayout,
  type Rect,
} from "./pixels/plane-layout.ts";
import { REC709, SRGB, VideoColorSpace, type VideoColorSpaceInit } from "./video-color-space.ts";
import {
  isRgb,
  isVideoPixelFormat,
  PLANE_FORMATS,
  type VideoPixelFormat,
} from "./pixels/video-pixel-format.ts";

/** @see https://w3c.github.io/webcodecs/#dictdef-videoframebufferinit */
export interface VideoFrameBufferInit {
  format: VideoPixelFormat;
  /** px */
  codedWidth: number;
  /** px */
  codedHeight: number;
  /** µs */
  timestamp: number;
  /** µs */
  duration?: number;
  layout?: PlaneLayout[];
  visibleRect?: DOMRectInit;
  displayWidth?: number;
  displayHeight?: number;
  colorSpace?: VideoColorSpaceInit;
  /** Buffers to detach and use instead of copying. */
  transfer?: ArrayBuffer[];
}

/** @see https://w3c.github.io/webcodecs/#dictdef-videoframeinit */
export interface VideoFrameInit {
  /** µs */
  timestamp?: number;
  /** µs */
  duration?: number;
  alpha?: "keep" | "discard";
  visibleRect?: DOMRectInit;
  displayWidth?: number;
  displayHeight?: number;
}

/** @see https://w3c.github.io/webcodecs/#dictdef-videoframecopytooptions */
export interface VideoFrameCopyToOptions {
  rect?: DOMRectInit;
  layout?: PlaneLayout[];
  /** One of the four RGB formats, or the frame's own. */
  format?: VideoPixelFormat;
  /** Pixels are taken to be sRGB; nothing else can be asked for. */
  colorSpace?: "srgb" | "display-p3";
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The parts of a frame that its init says. */
export interface FrameShape {
  readonly format: VideoPixelFormat;
  readonly coded: Size;
  readonly visible: Rect;
  readonly display: Size;
  readonly layout: CombinedLayout;
  readonly colorSpace: VideoColorSpace;
}

/**
 * @see https://w3c.github.io/webcodecs/#valid-videoframebufferinit
 * @throws TypeError
 */
export function parseBufferInit(init: VideoFrameBufferInit): FrameShape {
  if (typeof init !== "object" || init === null) throw new TypeError("init must be an object.");
  const { format } = init;
  if (!isVideoPixelFormat(format)) throw unknownFormat(format);
  const coded = {
    width: unsignedLong(init.codedWidth, "codedWidth"),
    height: unsignedLong(init.codedHeight, "codedHeight"),
  };
  if (coded.width === 0 || coded.height === 0) {
    throw new TypeError("codedWidth and codedHeight must not be 0.");
  }
  const visible =
    init.visibleRect === undefined
      ? { x: 0, y: 0, ...coded }
      : parseVisibleRect(init.visibleRect, coded, format);
  const colorSpace = init.colorSpace ?? (isRgb(format) ? SRGB : REC709);
  return {
    format,
    coded,
    visible,
    display: parseDisplaySize(init, visible),
    layout: computeLayout(coded, format, parseLayout(init.layout)),
    colorSpace: new VideoColorSpace(colorSpace),
  };
}

/** @throws TypeError when one of the two is missing or either is 0 */
export function parseDisplaySize(
  { displayWidth, displayHeight }: Pick<VideoFrameInit, "displayWidth" | "displayHeight">,
  otherwise: Size,
): Size {
  if (displayWidth === undefined && displayHeight === undefined) {
    return { width: otherwise.width, height: otherwise.height };
  }
  const width = unsignedLong(displayWidth, "displayWidth");
  const height = unsignedLong(displayHeight, "displayHeight");
  if (width === 0 || height === 0) {
    throw new TypeError("displayWidth and displayHeight must not be 0.");
  }
  return { width, height };
}

export function parseTimestamp(timestamp: unknown): number {
  return longLong(timestamp, "timestamp");
}

export function parseDuration(duration: number | null | undefined): number | null {
  return duration === undefined || duration === null
    ? null
    : unsignedLongLong(duration, "duration");
}

export interface CopyPlan {
  readonly rect: Rect;
  readonly format: VideoPixelFormat;
  readonly layout: CombinedLayout;
}

/**
 * Parse VideoFrameCopyToOptions.
 *
 * @see https://w3c.github.io/webcodecs/#videoframe-parse-videoframecopytooptions
 * @throws TypeError, NotSupportedError
 */
export function parseCopyOptions(
  { format: own, coded, visible }: Pick<FrameShape, "format" | "coded" | "visible">,
  dictionary: VideoFrameCopyToOptions | null,
): CopyPlan {
  // Web IDL takes null for a dictionary without members.
  const options = dictionary ?? {};
  const rect = options.rect === undefined ? visible : parseVisibleRect(options.rect, coded, own);
  const format = options.format ?? own;
  if (!isVideoPixelFormat(format)) throw unknownFormat(format);
  if (options.format !== undefined && !isRgb(format) && format !== own) {
    throw new DOMException(
      `A ${own} frame converts to RGBA, RGBX, BGRA and BGRX, not to ${format}.`,
      "NotSupportedError",
    );
  }
  if (options.colorSpace !== undefined && options.colorSpace !== "srgb") {
    throw new DOMException("Pixels are converted to srgb only.", "NotSupportedError");
  }
  return { rect, format, layout: computeLayout(rect, format, parseLayout(options.layout)) };
}

function parseLayout(layout: readonly PlaneLayout[] | undefined): PlaneLayout[] | undefined {
  if (layout !== undefined && !Array.isArray(layout)) {
    throw new TypeError("layout is a list of { offset, stride }, one for each plane.");
  }
  return layout?.map(({ offset, stride }) => ({
    offset: unsignedLong(offset, "offset"),
    stride: unsignedLong(stride, "stride"),
  }));
}

function unknownFormat(format: unknown): TypeError {
  const known = Object.keys(PLANE_FORMATS).join(", ");
  return new TypeError(`"${String(format)}" is no VideoPixelFormat; these are: ${known}.`);
}
