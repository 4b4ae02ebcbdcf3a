import type { AVPixelFormat, AVSampleFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";
import { computeLayout } from "../../media/pixels/plane-layout.ts";
import type { Channel } from "../wire/channel.ts";
import type { AudioHeader, FrameHeader, VideoHeader } from "../wire/frame-header.ts";
import { MAX_WAITING_PICTURES, MAX_WAITING_SAMPLES } from "../wire/limits.ts";
import { PayloadMemory } from "../wire/payload-memory.ts";
import type { Native } from "./native.ts";
import { wireFormats } from "./picture-format.ts";
import { pictureOfFrame } from "./picture.ts";
import { SendQueue } from "./send-queue.ts";
import { sampleFormats } from "./sample-format.ts";
import { Scaler } from "./scaler.ts";

const RGB: ReadonlySet<VideoHeader["format"]> = new Set(["RGBA", "RGBX", "BGRA", "BGRX"]);

interface Sendable {
  readonly header: FrameHeader;
  readonly payload: Uint8Array | readonly Uint8Array[];
  /** The payload isn't needed any more. */
  readonly free: () => void;
}

/** Sends raw frames to the program; to a slow one, the newest. */
export class FrameSender {
  readonly #native: Native;
  readonly #device: number;
  readonly #pictures: ReadonlyMap<AVPixelFormat, VideoHeader["format"]>;
  readonly #samples: ReadonlyMap<AVSampleFormat, AudioHeader["format"]>;
  readonly #scaler: Scaler;
  readonly #isDecoders: boolean;
  readonly #memory = new PayloadMemory();
  readonly #queue: SendQueue;
  /** Since the frame that was sent last. */
  #lost = { count: 0, samples: 0 };

  /**
   * @param device what the program calls the device that they are of
   * @param isDecoders whether their memory is a decoder's, which outlives it for who holds them: a
   *   driver's is gone when the device is closed, so that its pixels are copied at once
   */
  constructor(native: Native, channel: Channel, device: number, isDecoders: boolean) {
    this.#native = native;
    this.#device = device;
    this.#pictures = wireFormats(native);
    this.#samples = sampleFormats(native);
    this.#scaler = new Scaler(native);
    this.#isDecoders = isDecoders;
    this.#queue = new SendQueue(channel);
  }

  send(frame: Frame, timestampUs: number): void {
    const { free, header, payload } = frame.isVideo()
      ? this.#video(frame, timestampUs)
      : this.#audio(frame, timestampUs);
    const limit = header.kind === "video" ? MAX_WAITING_PICTURES : MAX_WAITING_SAMPLES;
    const item = {
      message: () => this.#message(header),
      payload,
      free,
      dropped: () => this.#dropped(header),
    };
    this.#queue.push(item, limit);
  }

  /** Pictures before the next one never came here. */
  lost(count: number): void {
    this.#lost.count += count;
  }

  /** Drops what waits: it is of another mode. */
  clear(): void {
    this.#queue.clear();
  }

  close(): void {
    this.#queue.close();
    this.#scaler.close();
  }

  /** Resolves when there is room for another frame. */
  async ready(): Promise<void> {
    await this.#queue.ready();
  }

  #message(frame: FrameHeader): object {
    const message = { type: "frame", device: this.#device, frame, lost: this.#lost };
    this.#lost = { count: 0, samples: 0 };
    return message;
  }

  #dropped(header: FrameHeader): void {
    this.#lost.count += 1;
    if (header.kind === "audio") this.#lost.samples += header.numberOfFrames;
  }

  #video(frame: Frame, timestamp: number): Sendable {
    const format = this.#pictures.get(frame.format as AVPixelFormat);
    if (format !== undefined) return this.#packed(frame, format, timestamp);
    const { AV_PIX_FMT_YUV420P } = this.#native.constants;
    const { width, height } = frame;
    const planar = this.#scaler.scale(pictureOfFrame(frame), width, height, AV_PIX_FMT_YUV420P);
    try {
      return this.#packed(planar, "I420", timestamp);
    } finally {
      planar.free();
    }
  }

  #packed(frame: Frame, format: VideoHeader["format"], timestamp: number): Sendable {
    const { width, height } = frame;
    const { AVCOL_RANGE_JPEG, AVCOL_SPC_BT709, AV_PIX_FMT_YUVJ420P } = this.#native.constants;
    const isRgb = RGB.has(format);
    const fullRange =
      isRgb || frame.colorRange === AVCOL_RANGE_JPEG || frame.format === AV_PIX_FMT_YUVJ420P;
    const yuv = frame.colorSpace === AVCOL_SPC_BT709 ? "bt709" : "smpte170m";
    const matrix = isRgb ? "rgb" : yuv;
    const header = { kind: "video", format, width, height, timestamp, fullRange, matrix } as const;
    return { header, ...this.#pixels(frame, header) };
  }

  #pixels(frame: Frame, header: VideoHeader): Pick<Sendable, "payload" | "free"> {
    const { planes, allocationSize } = computeLayout(header, header.format);
    const isPacked = planes.every(({ stride }, index) => frame.linesize[index] === stride);
    const pixels = isPacked ? (frame.data?.slice(0, planes.length) ?? []) : [];
    if (pixels.reduce((sum, { length }) => sum + length, 0) !== allocationSize) {
      return { payload: frame.toBuffer(), free: () => undefined };
    }
    const held = this.#isDecoders ? frame.clone() : null;
    if (held !== null) return { payload: pixels, free: () => held.free() };
    const payload = this.#memory.take(allocationSize);
    for (const [index, plane] of pixels.entries()) payload.set(plane, planes[index]?.offset);
    return { payload, free: () => this.#memory.give(payload) };
  }

  #audio(frame: Frame, timestamp: number): Sendable {
    const { sampleRate, channels: numberOfChannels, nbSamples: numberOfFrames } = frame;
    const format = this.#samples.get(frame.format as AVSampleFormat);
    if (format === undefined) throw new Error(`Samples of format ${frame.format} can't be sent.`);
    const shape = { format, sampleRate, numberOfChannels, numberOfFrames } as const;
    const header = { kind: "audio", ...shape, timestamp } as const;
    return { header, payload: frame.toBuffer(), free: () => undefined };
  }
}
