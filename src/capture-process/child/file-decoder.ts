import { availableParallelism } from "node:os";
import type { FormatContext, Frame, Packet, Stream } from "node-av/lib";
import type { DeviceConfiguration } from "../../contract/device.ts";
import { Decoder } from "./decoder.ts";
import type { Native } from "./native.ts";
import { openFile, streamOf, takeOnly } from "./open-file.ts";
import { audioMode, videoMode } from "./probe-file.ts";
import { presentationOf, Upright } from "./upright.ts";

/** More than these gain little and hold a picture each. */
const DECODER_THREADS = Math.min(availableParallelism(), 4);

/** A frame of a file, the taker's to free. */
export interface FileFrame {
  readonly frame: Frame;
  /** Pictures between the last one and this one that weren't decoded. */
  readonly lost: number;
  /** µs since the file's start */
  readonly mediaUs: number;
}

/** Decodes one track of a file. */
export class FileDecoder {
  readonly configuration: DeviceConfiguration;
  /** µs; 0 where the file doesn't say it */
  readonly durationUs: number;
  readonly #native: Native;
  readonly #context: FormatContext;
  readonly #stream: Stream;
  readonly #decoder: Decoder;
  readonly #upright: Upright | undefined;
  readonly #packet: Packet;
  readonly #tickUs: number;
  readonly #startUs: number;
  /** Packets that were read while looking for a key frame. */
  readonly #ahead: Packet[] = [];
  /** The timestamps of pictures that were read, and neither came out nor count as lost yet. */
  #expected: bigint[] = [];
  #endUs = 0;
  #isAtEnd = false;

  private constructor(
    native: Native,
    media: "video" | "audio",
    file: { readonly context: FormatContext; readonly stream: Stream },
  ) {
    const { context, stream } = file;
    this.#native = native;
    this.#context = context;
    this.#stream = stream;
    this.#decoder = new Decoder(native, stream, { threads: DECODER_THREADS });
    if (media === "video") this.#upright = new Upright(native, presentationOf(native, stream));
    this.#packet = new native.Packet();
    this.#packet.alloc();
    this.#tickUs = (stream.timeBase.num * 1e6) / stream.timeBase.den;
    const { AV_NOPTS_VALUE } = native.constants;
    this.#startUs = context.startTime === AV_NOPTS_VALUE ? 0 : Number(context.startTime);
    this.durationUs = context.duration > 0n ? Number(context.duration) : 0;
    this.configuration =
      media === "video"
        ? { kind: "video", mode: videoMode(native, stream) }
        : { kind: "audio", mode: audioMode(native, stream) };
  }

  /**
   * @param formats those that are taken, by FFmpeg's names; default all
   * @returns nothing where the file has no such track
   * @throws DeviceError
   */
  static async open(
    native: Native,
    path: string,
    media: "video" | "audio",
    formats?: readonly string[],
  ): Promise<FileDecoder | undefined> {
    const context = await openFile(native, path, formats);
    try {
      const stream = streamOf(native, context, media);
      if (stream !== undefined) {
        takeOnly(native, context, stream);
        return new FileDecoder(native, media, { context, stream });
      }
    } catch (error) {
      await context.closeInput();
      throw error;
    }
    await context.closeInput();
    return undefined;
  }

  /** Whether all of the track was given. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** µs since the file's start: the end of what was given last. */
  get endUs(): number {
    return this.#endUs;
  }

  /** The frames that the next packet completes, often none. */
  async next(): Promise<FileFrame[]> {
    const frames: FileFrame[] = [];
    const ahead = this.#ahead.shift();
    const packet = ahead ?? (await this.#read());
    this.#isAtEnd = packet === null;
    if (packet !== null) this.#expect(packet);
    this.#decoder.decode(packet, (frame) => this.#keep(frame, frames));
    if (ahead === undefined) packet?.unref();
    else ahead.free();
    return frames;
  }

  /**
   * Goes on nearer to the present, as decoding can't keep up: from the last key frame that is due by
   * then, if there is one after what was read; until then without the pictures that no other needs.
   * What is left out counts as lost with the next frame.
   */
  async catchUp(presentUs: number): Promise<void> {
    this.#decoder.skipUnreferenced(true);
    while (this.#mediaUs(this.#ahead.at(-1)) <= presentUs) {
      const packet = (await this.#read())?.clone() ?? null;
      this.#packet.unref();
      if (packet === null) break;
      this.#ahead.push(packet);
    }
    const isDueKey = (packet: Packet): boolean =>
      packet.isKeyframe && this.#mediaUs(packet) <= presentUs;
    const key = this.#ahead.findLastIndex(isDueKey);
    if (key <= 0) return;
    for (const packet of this.#ahead.splice(0, key)) {
      this.#expect(packet);
      packet.free();
    }
    this.#decoder.reset();
  }

  /** Decodes every picture again. */
  keepUp(): void {
    this.#decoder.skipUnreferenced(false);
  }

  /** Goes on from the last key frame before; false where the file can't be read from elsewhere. */
  async seek(mediaUs: number): Promise<boolean> {
    const { AVSEEK_FLAG_BACKWARD } = this.#native.constants;
    const to = BigInt(Math.round((this.#startUs + mediaUs) / this.#tickUs));
    const result = await this.#context.seekFrame(this.#stream.index, to, AVSEEK_FLAG_BACKWARD);
    if (result < 0) return false;
    this.#decoder.reset();
    this.#forget();
    this.#isAtEnd = false;
    this.#endUs = mediaUs;
    return true;
  }

  /** Not while {@link next} or {@link seek} is under way: that crashes. */
  async close(): Promise<void> {
    await this.#context.closeInput();
    this.#decoder.close();
    this.#upright?.close();
    this.#forget();
    this.#packet.free();
  }

  /** The track's next packet; null at the end. It is good until it is unreferenced. */
  async #read(): Promise<Packet | null> {
    while ((await this.#context.readFrame(this.#packet)) >= 0) {
      if (this.#packet.streamIndex === this.#stream.index) return this.#packet;
      this.#packet.unref();
    }
    return null;
  }

  #forget(): void {
    for (const packet of this.#ahead.splice(0)) packet.free();
    this.#expected = [];
  }

  #expect({ pts }: Packet): void {
    const isStamped = pts !== this.#native.constants.AV_NOPTS_VALUE;
    if (isStamped && this.configuration.kind === "video") this.#expected.push(pts);
  }

  /** Pictures come out in the order of their timestamps, so those before one that came don't. */
  #lostBefore(stamp: bigint): number {
    const lost = this.#expected.filter((pts) => pts < stamp).length;
    this.#expected = this.#expected.filter((pts) => pts > stamp);
    return lost;
  }

  /** µs since the file's start; where nothing tells, none is ahead. */
  #mediaUs(packet: Packet | undefined): number {
    if (packet === undefined) return -Infinity;
    const { AV_NOPTS_VALUE } = this.#native.constants;
    const stamp = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts;
    return stamp === AV_NOPTS_VALUE ? Infinity : Number(stamp) * this.#tickUs - this.#startUs;
  }

  #keep(frame: Frame, frames: FileFrame[]): void {
    const { AV_NOPTS_VALUE } = this.#native.constants;
    const stamp = frame.bestEffortTimestamp;
    const isStamped = stamp !== AV_NOPTS_VALUE;
    const mediaUs = isStamped ? Number(stamp) * this.#tickUs - this.#startUs : this.#endUs;
    const copy = frame.clone();
    if (copy === null) return;
    this.#endUs = mediaUs + this.#durationUs(frame);
    const lost = isStamped ? this.#lostBefore(stamp) : 0;
    frames.push({ frame: this.#upright?.apply(copy) ?? copy, lost, mediaUs });
  }

  #durationUs(frame: Frame): number {
    const { configuration } = this;
    if (configuration.kind === "video") return 1e6 / configuration.mode.frameRate;
    return (frame.nbSamples * 1e6) / configuration.mode.sampleRate;
  }
}
