import type { Frame } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import type { VideoEncoderConfig } from "../../media/encoding.ts";
import { chooseEncoder, type EncoderChoice } from "../encoder-choice.ts";
import { ChunkMaker } from "./chunk-maker.ts";
import { CodecPump } from "./codec-pump.ts";
import { FrameRateLimit } from "./frame-rate-limit.ts";
import type { EncoderOutput, MediaEncoder } from "./media-encoder.ts";
import type { Native } from "./native.ts";
import { newPicture } from "./new-frame.ts";
import { openVideoCodec } from "./open-codec.ts";
import type { Picture } from "./picture.ts";
import { Scaler } from "./scaler.ts";

/** Pictures that may wait for an encoder that is slower than the device. */
const MAX_WAITING = 8;

/** Encodes pictures of any size and format as one stream of one size. */
export class VideoEncoder implements MediaEncoder<Picture> {
  readonly #native: Native;
  readonly #config: VideoEncoderConfig;
  readonly #delays: boolean;
  readonly #isFullRange: boolean;
  readonly #limit: FrameRateLimit;
  readonly #scaler: Scaler;
  readonly #pump: CodecPump;
  readonly #output: EncoderOutput;
  #isEnabled = true;
  #isPaused = false;
  #wantsKeyFrame = true;
  #lastKeyUs = -Infinity;
  #lastUs = -Infinity;
  /** Since that was told last. */
  #discarded = 0;

  private constructor(
    native: Native,
    config: VideoEncoderConfig,
    choice: EncoderChoice,
    { output, pump }: { readonly output: EncoderOutput; readonly pump: CodecPump },
  ) {
    this.#native = native;
    this.#config = config;
    this.#delays = choice.delays === true;
    this.#isFullRange = choice.isFullRange === true;
    this.#limit = new FrameRateLimit(config.framerate);
    this.#scaler = new Scaler(native);
    this.#pump = pump;
    this.#output = output;
  }

  /** @throws DeviceError when there is no such encoder, or it refuses the configuration */
  static async open(
    native: Native,
    config: VideoEncoderConfig,
    output: EncoderOutput,
  ): Promise<VideoEncoder> {
    const choice = chooseEncoder(config);
    if (choice === undefined) throw new DeviceError("failed", `No encoder makes ${config.codec}.`);
    const chunks = new ChunkMaker(config, output.chunk);
    const pump = await CodecPump.start(native, () => openVideoCodec(native, config, choice), {
      opened: (context) => chunks.describe(context),
      packet: (packet) => chunks.make(packet, packet.pts, packet.duration),
      error: output.error,
    });
    return new VideoEncoder(native, config, choice, { output, pump });
  }

  take(picture: Picture, timestampUs: number, done?: () => void): void {
    this.#encode(this.#isEnabled ? picture : undefined, timestampUs, done);
  }

  blank(timestampUs: number): void {
    this.#encode(undefined, timestampUs, undefined);
  }

  /** Pictures of its device never came here. */
  lost(count: number): void {
    if (!this.#isPaused) this.#output.leftOut({ lost: count, discarded: 0 });
  }

  /** Resolves when it can take more without dropping anything. */
  async ready(): Promise<void> {
    if (this.#pump.waiting >= MAX_WAITING / 2) await this.#pump.idle();
  }

  setEnabled(enabled: boolean): void {
    this.#isEnabled = enabled;
  }

  setPaused(paused: boolean): void {
    if (this.#isPaused && !paused) this.#wantsKeyFrame = true;
    this.#isPaused = paused;
  }

  requestKeyFrame(): void {
    this.#wantsKeyFrame = true;
  }

  async flush(): Promise<void> {
    await this.#pump.idle();
    if (!this.#delays) return;
    await this.#pump.drain();
    this.#wantsKeyFrame = true;
  }

  async close(): Promise<void> {
    await this.#pump.close();
    this.#scaler.close();
  }

  /** Black where there is no picture. */
  #encode(picture: Picture | undefined, timestampUs: number, done: (() => void) | undefined): void {
    if (this.#isPaused || timestampUs <= this.#lastUs) {
      done?.();
      return;
    }
    if (!this.#limit.takes(timestampUs)) {
      this.#discarded += 1;
      done?.();
      return;
    }
    // A program's frames are all wanted; a device's come whether there is time for them or not.
    const isDropped =
      done === undefined && this.#pump.waiting > MAX_WAITING && this.#pump.dropOldest();
    if (done === undefined && (isDropped || this.#discarded > 0)) {
      this.#output.leftOut({ lost: isDropped ? 1 : 0, discarded: this.#discarded });
      this.#discarded = 0;
    }
    const { AV_PICTURE_TYPE_I, AV_PICTURE_TYPE_NONE } = this.#native.constants;
    const frame = picture === undefined ? this.#black() : this.#fit(picture);
    const isKey = this.#wantsKeyFrame || this.#isKeyDue(timestampUs);
    // A decoded picture says which type it was, and the encoder would make it one again.
    frame.pictType = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    frame.pts = BigInt(Math.round(timestampUs));
    frame.duration = BigInt(Math.round(1e6 / this.#config.framerate));
    if (isKey) this.#lastKeyUs = timestampUs;
    this.#wantsKeyFrame = false;
    this.#lastUs = timestampUs;
    this.#pump.push(frame, done);
  }

  #isKeyDue(timestampUs: number): boolean {
    return timestampUs - this.#lastKeyUs >= this.#config.keyFrameIntervalUs;
  }

  /** Another reference to the frame's own px where they are right as they are. */
  #fit(picture: Picture): Frame {
    const { width, height } = this.#config;
    const isRight =
      picture.width === width && picture.height === height && picture.format === this.#pixelFormat;
    const shared = isRight ? picture.frame?.clone() : undefined;
    return shared ?? this.#scaler.scale(picture, width, height, this.#pixelFormat);
  }

  #black() {
    const { width, height } = this.#config;
    const frame = newPicture(this.#native, width, height, this.#pixelFormat);
    const black = this.#isFullRange ? 0 : 16;
    for (const [index, plane] of (frame.data ?? []).entries()) {
      plane.fill(index === 0 ? black : 128);
    }
    return frame;
  }

  get #pixelFormat() {
    const { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P } = this.#native.constants;
    return this.#isFullRange ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  }
}
