import type { AVPixelFormat } from "node-av/constants";
import type { Frame, SoftwareScaleContext } from "node-av/lib";
import type { LeftOut } from "../../contract/encoder.ts";
import type { PackedPixelFormat, PictureView, PixelConfig } from "../../media/encoding.ts";
import { targetSize, type PictureSize } from "../../media/pixels/target-size.ts";
import type { Channel } from "../wire/channel.ts";
import { MAX_WAITING_PICTURES } from "../wire/limits.ts";
import { check } from "./check.ts";
import { FrameRateLimit } from "./frame-rate-limit.ts";
import type { Native } from "./native.ts";
import { packedFormats } from "./picture-format.ts";
import { pictureOfFrame } from "./picture.ts";
import { Scaler } from "./scaler.ts";
import { SendQueue } from "./send-queue.ts";

export interface PixelOutput {
  readonly channel: Channel;
  /** What the program calls the encoder. */
  readonly id: number;
  leftOut(counts: LeftOut): void;
}

/** More than travel and wait of one reader are not needed at the same time. */
const MAX_SPARE = MAX_WAITING_PICTURES + 1;

/**
 * Gives a device's pictures as packed pixels: cropped in the middle to their track's view and to
 * the wanted shape, scaled, and converted by what they say of their colours. The newest ones, where
 * the program is slow.
 */
export class PixelEncoder {
  readonly #native: Native;
  readonly #config: PixelConfig;
  readonly #output: PixelOutput;
  readonly #queue: SendQueue;
  readonly #toView: Scaler;
  readonly #toSize: Scaler;
  readonly #converter: SoftwareScaleContext;
  readonly #format: AVPixelFormat;
  #view: PictureView;
  #limit: FrameRateLimit | undefined;
  #isEnabled = true;
  #isPaused = false;
  #isClosed = false;
  #lastSize: PictureSize | undefined;
  #lastUs = -Infinity;
  #spare: Frame[] = [];

  constructor(native: Native, config: PixelConfig, output: PixelOutput) {
    this.#native = native;
    this.#config = config;
    this.#output = output;
    this.#queue = new SendQueue(output.channel);
    this.#toView = new Scaler(native);
    this.#toSize = new Scaler(native);
    this.#converter = new native.SoftwareScaleContext();
    this.#converter.allocContext();
    this.#format = packedFormats(native)[config.format];
    this.#view = config.view ?? {};
    this.setView(this.#view);
  }

  /** Reads the frame before it returns. */
  take(frame: Frame, timestampUs: number): void {
    if (this.#isPaused || timestampUs <= this.#lastUs) return;
    if (this.#limit?.takes(timestampUs) === false) {
      this.#output.leftOut({ lost: 0, discarded: 1 });
      return;
    }
    const { height, width } = frame;
    this.#lastSize = { width, height };
    if (this.#isEnabled) this.#send(this.#convert(frame), timestampUs);
    else this.blank(timestampUs);
  }

  /** Gives a black picture; none before its size is known. */
  blank(timestampUs: number): void {
    const { height, isScaled, width } = this.#view;
    const own = width === undefined || height === undefined ? undefined : { width, height };
    const viewed = isScaled ? own : (this.#lastSize ?? own);
    if (viewed === undefined || this.#isPaused || timestampUs <= this.#lastUs) return;
    const frame = this.#newFrame(targetSize(this.#config, viewed));
    for (const [index, plane] of (frame.data ?? []).entries()) {
      plane.fill(blackOf(this.#config.format, index));
      if (this.#config.format === "rgba")
        for (let at = 3; at < plane.length; at += 4) plane[at] = 255;
    }
    this.#send(frame, timestampUs);
  }

  /** Pictures of its device never came here. */
  lost(count: number): void {
    if (!this.#isPaused) this.#output.leftOut({ lost: count, discarded: 0 });
  }

  /** Resolves when it can take more without dropping anything. */
  async ready(): Promise<void> {
    await this.#queue.ready();
  }

  setEnabled(enabled: boolean): void {
    this.#isEnabled = enabled;
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
  }

  setView(view: PictureView): void {
    const { frameRate } = view;
    if (frameRate !== this.#view.frameRate || this.#limit === undefined) {
      this.#limit = frameRate === undefined ? undefined : new FrameRateLimit(frameRate);
    }
    this.#view = view;
  }

  /** Each picture is one. */
  requestKeyFrame(): void {}

  /** Resolves when all were sent. */
  async flush(): Promise<void> {
    await this.#queue.ready();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue.close();
    for (const frame of this.#spare.splice(0)) frame.free();
    this.#toView.close();
    this.#toSize.close();
    this.#converter.freeContext();
  }

  /** In the order of crops: to the track's view, then to what is asked for. */
  #convert(frame: Frame): Frame {
    const { height, isScaled, width } = this.#view;
    const view =
      isScaled && width !== undefined && height !== undefined ? { width, height } : frame;
    const size = targetSize(this.#config, view);
    // Where both have one shape, the second crop takes nothing away.
    const isOneCrop = view.width * size.height === view.height * size.width;
    const viewed = isOneCrop ? frame : this.#scale(this.#toView, frame, view);
    try {
      const scaled = this.#scale(this.#toSize, viewed, size);
      try {
        return this.#pack(scaled);
      } finally {
        if (scaled !== viewed) scaled.free();
      }
    } finally {
      if (viewed !== frame) viewed.free();
    }
  }

  /** The frame itself where it has that size. */
  #scale(scaler: Scaler, frame: Frame, { height, width }: PictureSize): Frame {
    if (frame.width === width && frame.height === height) return frame;
    const { constants } = this.#native;
    const isRgb = rgbFormats(this.#native).has(frame.format as AVPixelFormat);
    const isFullRange = fullRangeFormats(this.#native).has(frame.format as AVPixelFormat);
    const format = isRgb ? (frame.format as AVPixelFormat) : constants.AV_PIX_FMT_YUV420P;
    const scaled = scaler.scale(pictureOfFrame(frame), width, height, format);
    scaled.colorSpace = frame.colorSpace;
    scaled.colorRange = isFullRange ? constants.AVCOL_RANGE_MPEG : frame.colorRange;
    return scaled;
  }

  /** In the wanted format; the caller's to free. */
  #pack(frame: Frame): Frame {
    const packed = this.#newFrame(frame);
    const { constants } = this.#native;
    const isRgb = rgbFormats(this.#native).has(frame.format as AVPixelFormat);
    const isYuv = this.#config.format === "nv12" || this.#config.format === "i420";
    packed.colorRange = isYuv ? constants.AVCOL_RANGE_MPEG : constants.AVCOL_RANGE_JPEG;
    if (!isYuv) packed.colorSpace = constants.AVCOL_SPC_RGB;
    else packed.colorSpace = isRgb ? constants.AVCOL_SPC_SMPTE170M : frame.colorSpace;
    const { colorSpace } = frame;
    // For swscale grey is luma of BT.601. Ours is the picture's own luma.
    if (this.#config.format === "gray8") frame.colorSpace = constants.AVCOL_SPC_UNSPECIFIED;
    const result = this.#converter.scaleFrameSync(packed, frame);
    frame.colorSpace = colorSpace;
    if (result < 0) packed.free();
    check(this.#native, result, "A picture can't be converted");
    return packed;
  }

  #newFrame({ height, width }: PictureSize): Frame {
    const [spare] = this.#spare;
    if (spare?.width === width && spare.height === height) {
      this.#spare.shift();
      return spare;
    }
    for (const other of this.#spare.splice(0)) other.free();
    const frame = new this.#native.Frame();
    frame.alloc();
    frame.width = width;
    frame.height = height;
    frame.format = this.#format;
    // Rows without gaps.
    check(this.#native, frame.getBuffer(1), `No memory for a picture of ${width}x${height}`);
    return frame;
  }

  #send(frame: Frame, timestampUs: number): void {
    this.#lastUs = timestampUs;
    const { height, width } = frame;
    const message = {
      type: "chunk",
      encoder: this.#output.id,
      key: true,
      timestamp: timestampUs,
      duration: 0,
      size: { width, height },
    };
    const item = {
      message: () => message,
      payload: payloadOf(frame),
      free: () => this.#recycle(frame),
      dropped: () => this.#output.leftOut({ lost: 1, discarded: 0 }),
    };
    this.#queue.push(item, MAX_WAITING_PICTURES);
  }

  #recycle(frame: Frame): void {
    if (this.#isClosed || this.#spare.length >= MAX_SPARE) frame.free();
    else this.#spare.push(frame);
  }
}

/** The planes, which are one after another what a reader is given. */
function payloadOf(frame: Frame): Uint8Array | readonly Uint8Array[] {
  const planes = frame.data ?? [];
  const isPacked = planes.every(
    (plane, index) => plane.length % (frame.linesize[index] ?? 1) === 0,
  );
  return isPacked ? planes : frame.toBuffer();
}

function blackOf(format: PackedPixelFormat, plane: number): number {
  if (format !== "nv12" && format !== "i420") return 0;
  return plane === 0 ? 16 : 128;
}

function rgbFormats({ constants: c }: Native): ReadonlySet<AVPixelFormat> {
  return new Set([
    c.AV_PIX_FMT_RGBA,
    c.AV_PIX_FMT_RGB0,
    c.AV_PIX_FMT_BGRA,
    c.AV_PIX_FMT_BGR0,
    c.AV_PIX_FMT_RGB24,
    c.AV_PIX_FMT_BGR24,
  ]);
}

/** Those whose name says that luma goes from 0 to 255; swscale makes the others' range of it. */
function fullRangeFormats({ constants: c }: Native): ReadonlySet<AVPixelFormat> {
  return new Set([c.AV_PIX_FMT_YUVJ420P, c.AV_PIX_FMT_YUVJ422P, c.AV_PIX_FMT_YUVJ444P]);
}
