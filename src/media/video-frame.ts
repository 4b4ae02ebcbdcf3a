import { checkReceiver } from "./check-receiver.ts";
import { type AllowSharedBufferSource, bytesOf, ownBytes } from "./buffer-source.ts";
import { type CanvasImageSource, isCanvas, paintedOn } from "./painted-on.ts";
import { convertToRgb, copyPicture } from "./pixels/convert-picture.ts";
import { DOMRectReadOnly } from "./dom-rect.ts";
import { countOpenFrame } from "./open-frames.ts";
import type { Picture } from "./pixels/picture.ts";
import { parseVisibleRect, type PlaneLayout } from "./pixels/plane-layout.ts";
import { SharedBytes } from "./shared-bytes.ts";
import { VideoColorSpace } from "./video-color-space.ts";
import {
  type FrameShape,
  parseBufferInit,
  parseCopyOptions,
  parseDisplaySize,
  parseDuration,
  parseTimestamp,
  type VideoFrameBufferInit,
  type VideoFrameCopyToOptions,
  type VideoFrameInit,
} from "./video-frame-init.ts";
import { isRgb, type VideoPixelFormat } from "./pixels/video-pixel-format.ts";

export type { VideoFrameBufferInit, VideoFrameCopyToOptions, VideoFrameInit };

/**
 * The pixels of an open frame, not copied: to be read only, and only until the frame is closed.
 * For this library's own parts; scripts have `copyTo()`.
 */
export let pictureOf: (frame: VideoFrame) => Picture;

/** What an open frame is made of. */
interface Content extends Omit<FrameShape, "layout" | "colorSpace"> {
  readonly picture: Picture;
  readonly shared: SharedBytes;
}

/**
 * A picture with the shape of WebCodecs' `VideoFrame`, over bytes of its own. Clones share the
 * bytes. Who receives a frame closes it.
 *
 * @see https://w3c.github.io/webcodecs/#videoframe-interface
 */
export class VideoFrame {
  #content: Content | undefined;
  #colorSpace: VideoColorSpace;
  readonly #timestamp: number;
  readonly #duration: number | null;

  static {
    pictureOf = (frame) => frame.#open().picture;
    checkReceiver(VideoFrame, (value) => #content in value);
  }

  /**
   * From bytes, which are copied (or moved, if `init.transfer` names their buffer), or from
   * another frame, whose bytes are shared, or from what is painted on a canvas, which `init` must
   * give a timestamp.
   * @throws TypeError when `init` doesn't fit the format or the bytes
   * @throws InvalidStateError when the other frame is closed, or the canvas has no picture
   */
  constructor(image: VideoFrame, init?: VideoFrameInit);
  constructor(canvas: CanvasImageSource, init: VideoFrameInit & { timestamp: number });
  constructor(data: AllowSharedBufferSource | SharedBytes, init: VideoFrameBufferInit);
  constructor(
    source: AllowSharedBufferSource | CanvasImageSource | VideoFrame | SharedBytes,
    dictionary: VideoFrameBufferInit | VideoFrameInit | null = {},
  ) {
    // Web IDL takes null for a dictionary without members.
    const init = dictionary ?? {};
    if (source instanceof VideoFrame) {
      this.#timestamp = parseTimestamp(init.timestamp ?? source.#timestamp);
      this.#duration = parseDuration(init.duration ?? source.#duration);
      this.#colorSpace = source.#colorSpace;
      this.#content = viewContent(source.#open(), init);
    } else {
      const [data, bufferInit] = isCanvas(source)
        ? paintedOn(source, init)
        : [source, init as VideoFrameBufferInit];
      const shape = parseBufferInit(bufferInit);
      this.#timestamp = parseTimestamp(init.timestamp);
      this.#duration = parseDuration(init.duration);
      this.#colorSpace = shape.colorSpace;
      this.#content = newContent(data, shape, bufferInit.transfer);
    }
    countOpenFrame(1);
  }

  /** How pixels are written; null once it is closed. */
  get format(): VideoPixelFormat | null {
    return this.#content?.format ?? null;
  }
  /** px of a row of bytes; 0 once it is closed. */
  get codedWidth(): number {
    return this.#content?.coded.width ?? 0;
  }
  /** Rows of bytes; 0 once it is closed. */
  get codedHeight(): number {
    return this.#content?.coded.height ?? 0;
  }
  /** All pixels, in px; null once it is closed. */
  get codedRect(): DOMRectReadOnly | null {
    return this.#content === undefined ? null : DOMRectReadOnly.fromRect(this.#content.coded);
  }
  /** The pixels that are shown, in px; null once it is closed. */
  get visibleRect(): DOMRectReadOnly | null {
    return this.#content === undefined ? null : DOMRectReadOnly.fromRect(this.#content.visible);
  }
  /** Always 0: backends deliver pictures upright. */
  get rotation(): number {
    return 0;
  }
  /** Always false: backends deliver pictures unmirrored. */
  get flip(): boolean {
    return false;
  }
  /** px that the picture is shown at; 0 once it is closed. */
  get displayWidth(): number {
    return this.#content?.display.width ?? 0;
  }
  /** px that the picture is shown at; 0 once it is closed. */
  get displayHeight(): number {
    return this.#content?.display.height ?? 0;
  }
  /** µs */
  get duration(): number | null {
    return this.#duration;
  }
  /** µs */
  get timestamp(): number {
    return this.#timestamp;
  }
  /** What the numbers mean as colours. */
  get colorSpace(): VideoColorSpace {
    return this.#colorSpace;
  }

  /**
   * Bytes that {@link copyTo} needs with the same options.
   * @throws InvalidStateError when closed; NotSupportedError for a conversion to a YUV format
   */
  allocationSize(options: VideoFrameCopyToOptions = {}): number {
    return parseCopyOptions(this.#open(), options).layout.allocationSize;
  }

  /**
   * Copies the visible pixels, or `options.rect` of them; resolves with where the planes lie.
   * Rejects as {@link allocationSize} throws, and with a TypeError for too small a destination.
   */
  async copyTo(
    destination: AllowSharedBufferSource,
    options: VideoFrameCopyToOptions = {},
  ): Promise<PlaneLayout[]> {
    const content = this.#open();
    const { rect, format, layout } = parseCopyOptions(content, options);
    const data = bytesOf(destination);
    if (data.byteLength < layout.allocationSize) {
      throw new TypeError(
        `The destination has ${data.byteLength} bytes; the frame needs ${layout.allocationSize}.`,
      );
    }
    const { width, height } = rect;
    const copy = isRgb(format) ? convertToRgb : copyPicture;
    copy(content.picture, rect, { format, width, height, data, layout: layout.planes });
    return layout.planes.map(({ offset, stride }) => ({ offset, stride }));
  }

  /**
   * A new open frame on the same bytes.
   * @throws InvalidStateError when closed
   */
  clone(): VideoFrame {
    return new VideoFrame(this);
  }

  /** Lets go of the bytes. Idempotent. */
  close(): void {
    if (this.#content === undefined) return;
    this.#content.shared.release();
    this.#content = undefined;
    this.#colorSpace = new VideoColorSpace();
    countOpenFrame(-1);
  }

  /** @throws InvalidStateError when closed */
  metadata(): Record<string, never> {
    this.#open();
    return {};
  }

  #open(): Content {
    if (this.#content !== undefined) return this.#content;
    throw new DOMException(
      "This VideoFrame is closed. Use it before close(), or clone() it.",
      "InvalidStateError",
    );
  }
}

function newContent(
  source: AllowSharedBufferSource | SharedBytes,
  { format, coded, visible, display, layout, colorSpace }: FrameShape,
  transfer: readonly ArrayBuffer[] | undefined,
): Content {
  const given = source instanceof SharedBytes ? source.bytes : bytesOf(source);
  if (given.byteLength < layout.allocationSize) {
    throw new TypeError(
      `A ${coded.width}x${coded.height} ${format} frame has ${layout.allocationSize} bytes; ` +
        `data has ${given.byteLength}.`,
    );
  }
  const shared =
    source instanceof SharedBytes ? source : new SharedBytes(ownBytes(source, transfer));
  const picture = { format, ...coded, data: shared.bytes, layout: layout.planes, colorSpace };
  return { format, coded, visible, display, picture, shared };
}

/** Initialize Frame From Other Frame. */
function viewContent(other: Content, init: VideoFrameInit): Content {
  const { coded, shared } = other;
  const picture = init.alpha === "discard" ? withoutAlpha(other.picture) : other.picture;
  const { format } = picture;
  const { visibleRect } = init;
  const visible =
    visibleRect === undefined ? other.visible : parseVisibleRect(visibleRect, coded, format);
  const display = parseDisplaySize(init, {
    width: Math.round((visible.width * other.display.width) / other.visible.width),
    height: Math.round((visible.height * other.display.height) / other.visible.height),
  });
  return { format, coded, visible, display, picture, shared: shared.retain() };
}

function withoutAlpha(picture: Picture): Picture {
  if (picture.format === "RGBA") return { ...picture, format: "RGBX" };
  if (picture.format === "BGRA") return { ...picture, format: "BGRX" };
  if (picture.format === "I420A") {
    return { ...picture, format: "I420", layout: picture.layout.slice(0, 3) };
  }
  return picture;
}
