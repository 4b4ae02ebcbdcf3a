import { setTimeout as delay } from "node:timers/promises";
import type { FormatContext, Frame, Packet, Stream } from "node-av/lib";
import type { DeviceConfiguration } from "../../contract/device.ts";
import type { DeviceInput } from "../wire/command.ts";
import { deviceErrorOf } from "./check.ts";
import { Decoder } from "./decoder.ts";
import type { MediaConsumer } from "./media-consumer.ts";
import type { MediaReader } from "./media-reader.ts";
import type { Native } from "./native.ts";
import { nowUs } from "./real-clock.ts";
import { actualConfiguration, openDevice } from "./open-device.ts";
import { FrameGaps, FrameSchedule } from "./frame-gaps.ts";
import { pollDelayMs } from "./poll-delay.ts";
import { TimestampMapper } from "./timestamp-mapper.ts";

/** A driver keeps frames for who is slow; older ones than this are of no use to a live viewer. */
const MAX_AGE_US = 500_000;

/** Reads a device of FFmpeg's, one call at a time. */
export class DeviceReader implements MediaReader {
  readonly configuration: DeviceConfiguration;
  readonly #native: Native;
  readonly #consumer: MediaConsumer;
  readonly #context: FormatContext;
  readonly #packet: Packet;
  readonly #decoder: Decoder;
  readonly #timestamps: TimestampMapper;
  readonly #tickUs: number;
  readonly #format: string;
  /** Whether a frame can be left out without harm to those after it. */
  readonly #standsAlone: boolean;
  /** Absent for sound. */
  readonly #gaps: FrameGaps | FrameSchedule | undefined;
  #lastFrameUs: number | undefined;
  #isClosing = false;
  #reading: Promise<void> | undefined;

  private constructor(
    native: Native,
    consumer: MediaConsumer,
    device: { readonly context: FormatContext; readonly stream: Stream },
    input: DeviceInput,
    asked: DeviceConfiguration,
  ) {
    const { num, den } = device.stream.timeBase;
    this.#native = native;
    this.#format = input.format;
    this.#consumer = consumer;
    this.#context = device.context;
    this.#decoder = new Decoder(native, device.stream);
    this.#packet = new native.Packet();
    this.#packet.alloc();
    this.#timestamps = new TimestampMapper(input.clock);
    this.#tickUs = (num * 1e6) / den;
    const { AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } = native.constants;
    const { codecId } = device.stream.codecpar;
    const needsOthers = codecId === AV_CODEC_ID_H264 || codecId === AV_CODEC_ID_HEVC;
    this.#standsAlone = asked.kind === "video" && !needsOthers;
    this.configuration = actualConfiguration(device.stream, asked);
    this.#gaps = gapsOf(input, this.configuration);
  }

  /** @throws DeviceError */
  static async open(
    native: Native,
    input: DeviceInput,
    asked: DeviceConfiguration,
    consumer: MediaConsumer,
  ): Promise<DeviceReader> {
    const device = await openDevice(native, input);
    return new DeviceReader(native, consumer, device, input, asked);
  }

  start(): void {
    this.#reading ??= this.#read().catch((error: unknown) => this.#consumer.ended(error));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    // Closing under a read that is under way crashes.
    await this.#reading;
    await this.#context.closeInput();
    this.#decoder.close();
    this.#packet.free();
  }

  async #read(): Promise<void> {
    const { AVERROR_EAGAIN } = this.#native.constants;
    while (!this.#isClosing) {
      const result = await this.#context.readFrame(this.#packet);
      if (this.#isClosing) return;
      if (result === AVERROR_EAGAIN) await delay(this.#pollDelayMs());
      else if (result < 0) throw deviceErrorOf(this.#native, result, "The device stopped");
      else this.#decode();
    }
  }

  #pollDelayMs(): number {
    const sinceUs = this.#lastFrameUs === undefined ? undefined : nowUs() - this.#lastFrameUs;
    const { configuration } = this;
    return pollDelayMs(
      sinceUs && sinceUs / 1000,
      configuration.kind === "video" ? 1000 / configuration.mode.frameRate : undefined,
      this.#format,
    );
  }

  #decode(): void {
    const arrivalUs = nowUs();
    this.#lastFrameUs = arrivalUs;
    const { pts } = this.#packet;
    const isStamped = pts !== this.#native.constants.AV_NOPTS_VALUE;
    const stampUs = isStamped ? Number(pts) * this.#tickUs : undefined;
    const timestampUs = Math.round(this.#timestamps.map(stampUs, arrivalUs));
    const lost = this.#gaps === undefined ? 0 : this.#gaps.lostBefore(timestampUs);
    if (lost !== undefined) this.#give(timestampUs, lost, arrivalUs - timestampUs);
    this.#packet.unref();
  }

  /** @param lost frames before this one */
  #give(timestampUs: number, lost: number, ageUs: number): void {
    if (lost > 0) this.#consumer.lost(lost);
    const isStale = this.#standsAlone && ageUs > MAX_AGE_US;
    const isDecoded =
      !isStale &&
      this.#decoder.decode(this.#packet, (frame: Frame) => {
        this.#consumer.frame(frame, timestampUs);
      });
    if (!isDecoded && this.configuration.kind === "video") this.#consumer.lost(1);
  }
}

/** Whether frames are missing: a grabber of screens goes by our schedule, a camera by its own. */
function gapsOf(
  { format }: DeviceInput,
  configuration: DeviceConfiguration,
): FrameGaps | FrameSchedule | undefined {
  if (configuration.kind === "audio") return undefined;
  const { frameRate } = configuration.mode;
  return format === "x11grab" ? new FrameSchedule(frameRate) : new FrameGaps(frameRate);
}
