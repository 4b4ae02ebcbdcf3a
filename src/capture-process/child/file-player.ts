import { availableParallelism } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { FormatContext, Frame, Packet, Stream } from "node-av/lib";
import type { DeviceConfiguration } from "../../backends/contract.ts";
import { DeviceError } from "../../backends/contract.ts";
import type { FileInput } from "../wire/command.ts";
import { Decoder } from "./decoder.ts";
import type { MediaConsumer } from "./media-consumer.ts";
import type { MediaReader } from "./media-reader.ts";
import type { Native } from "./native.ts";
import { nowUs } from "./now-us.ts";
import { openFile, streamOf, takeOnly } from "./open-file.ts";
import { audioMode, videoMode } from "./probe-file.ts";

/** More than these gain little and hold a picture each. */
const DECODER_THREADS = Math.min(availableParallelism(), 4);

/** A frame of the file that waits for its moment. */
interface Due {
  readonly frame: Frame;
  /** µs since the file's start, loops included */
  readonly mediaUs: number;
}

/**
 * Plays one track of a file at its own pace: each frame on a schedule from the epoch, so that no
 * delay adds up, and the players of a file's two tracks agree.
 */
export class FilePlayer implements MediaReader {
  readonly configuration: DeviceConfiguration;
  readonly #native: Native;
  readonly #input: FileInput;
  readonly #consumer: MediaConsumer;
  readonly #context: FormatContext;
  readonly #stream: Stream;
  readonly #decoder: Decoder;
  readonly #packet: Packet;
  readonly #tickUs: number;
  readonly #startUs: number;
  readonly #loopUs: number;
  readonly #stop = new AbortController();
  readonly #due: Due[] = [];
  #loopBaseUs = 0;
  #lastEndUs = 0;
  #playing: Promise<void> | undefined;

  private constructor(
    native: Native,
    input: FileInput,
    consumer: MediaConsumer,
    file: { readonly context: FormatContext; readonly stream: Stream },
  ) {
    const { context, stream } = file;
    this.#native = native;
    this.#input = input;
    this.#consumer = consumer;
    this.#context = context;
    this.#stream = stream;
    this.#decoder = new Decoder(native, stream, { threads: DECODER_THREADS });
    this.#packet = new native.Packet();
    this.#packet.alloc();
    this.#tickUs = (stream.timeBase.num * 1e6) / stream.timeBase.den;
    const { AV_NOPTS_VALUE } = native.constants;
    this.#startUs = context.startTime === AV_NOPTS_VALUE ? 0 : Number(context.startTime);
    this.#loopUs = context.duration > 0n ? Number(context.duration) : 0;
    this.configuration =
      input.media === "video"
        ? { kind: "video", mode: videoMode(native, stream) }
        : { kind: "audio", mode: audioMode(native, stream) };
  }

  /** @throws DeviceError */
  static async open(
    native: Native,
    input: FileInput,
    consumer: MediaConsumer,
  ): Promise<FilePlayer> {
    const context = await openFile(native, input.path);
    const stream = streamOf(native, context, input.media);
    if (stream === undefined) {
      throw new DeviceError("not-found", `${input.path} has no ${input.media}.`);
    }
    takeOnly(native, context, stream);
    return new FilePlayer(native, input, consumer, { context, stream });
  }

  start(epochUs = nowUs()): void {
    this.#playing ??= this.#play(epochUs).then(
      () => {
        if (this.#stop.signal.aborted) return;
        this.#consumer.ended(new DeviceError("failed", `${this.#input.path} is at its end.`));
      },
      (error: unknown) => {
        if (!this.#stop.signal.aborted) this.#consumer.ended(error);
      },
    );
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#playing;
    for (const { frame } of this.#due.splice(0)) frame.free();
    await this.#context.closeInput();
    this.#decoder.close();
    this.#packet.free();
  }

  async #play(epochUs: number): Promise<void> {
    const isPaced = this.#input.pacing === "real-time";
    // Who joins while the file's other track plays begins where that one is.
    const lateUs = isPaced ? Math.max(0, nowUs() - epochUs) : 0;
    if (this.#loopUs > 0) this.#loopBaseUs = Math.floor(lateUs / this.#loopUs) * this.#loopUs;
    const fromUs = lateUs - 100_000;
    for (;;) {
      const isMore = await this.#readNext();
      // Closed meanwhile: who waits for takers from now on isn't told of any.
      if (this.#stop.signal.aborted) return;
      for (const { frame, mediaUs } of this.#due.splice(0)) {
        try {
          if (mediaUs < fromUs) continue;
          if (isPaced) await this.#waitUntil(epochUs + mediaUs);
          else await this.#consumer.ready();
          if (this.#stop.signal.aborted) return;
          this.#consumer.frame(frame, Math.round(epochUs + mediaUs));
        } finally {
          frame.free();
        }
      }
      if (this.#stop.signal.aborted || (!isMore && !(await this.#rewind()))) return;
    }
  }

  async #waitUntil(momentUs: number): Promise<void> {
    const waitMs = (momentUs - nowUs()) / 1000;
    if (waitMs >= 1) await delay(waitMs, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  /** Decodes the next packet; false at the end of the file. */
  async #readNext(): Promise<boolean> {
    const result = await this.#context.readFrame(this.#packet);
    const isEnd = result < 0;
    if (isEnd || this.#packet.streamIndex === this.#stream.index) {
      this.#decoder.decode(isEnd ? null : this.#packet, (frame) => this.#keep(frame));
    }
    if (!isEnd) this.#packet.unref();
    return !isEnd;
  }

  #keep(frame: Frame): void {
    const { AV_NOPTS_VALUE } = this.#native.constants;
    const stamp = frame.bestEffortTimestamp;
    const inFileUs = Number(stamp) * this.#tickUs - this.#startUs;
    const mediaUs = stamp === AV_NOPTS_VALUE ? this.#lastEndUs : this.#loopBaseUs + inFileUs;
    const copy = frame.clone();
    if (copy === null) return;
    this.#due.push({ frame: copy, mediaUs });
    this.#lastEndUs = mediaUs + this.#durationUs(frame);
  }

  #durationUs(frame: Frame): number {
    const { configuration } = this;
    if (configuration.kind === "video") return 1e6 / configuration.mode.frameRate;
    return (frame.nbSamples * 1e6) / configuration.mode.sampleRate;
  }

  /** Goes back to the file's start; false when it isn't to loop. */
  async #rewind(): Promise<boolean> {
    if (!this.#input.loop || this.#lastEndUs <= this.#loopBaseUs) return false;
    const { AVSEEK_FLAG_BACKWARD } = this.#native.constants;
    const from = BigInt(Math.round(this.#startUs / this.#tickUs));
    const sought = await this.#context.seekFrame(this.#stream.index, from, AVSEEK_FLAG_BACKWARD);
    if (sought < 0) return false;
    this.#decoder.reset();
    this.#loopBaseUs += this.#loopUs > 0 ? this.#loopUs : this.#lastEndUs - this.#loopBaseUs;
    return true;
  }
}
