import type { CodecContext, Frame, Packet, Stream } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import { check } from "./check.ts";
import type { Native } from "./native.ts";

export interface DecoderOptions {
  /**
   * More than one hold pictures back, as many as there are threads: for files, never for cameras.
   * Default 1.
   */
  readonly threads?: number;
}

/** Decodes one stream. What can't be decoded is skipped: cameras do send broken pictures. */
export class Decoder {
  readonly #context: CodecContext;
  readonly #frame: Frame;
  /** What says that there is no further frame, and nothing else. */
  readonly #endings: ReadonlySet<number>;

  /** @throws DeviceError when nothing decodes the stream */
  constructor(native: Native, stream: Stream, { threads = 1 }: DecoderOptions = {}) {
    const codec = native.Codec.findDecoder(stream.codecpar.codecId);
    if (codec === null) throw new DeviceError("failed", "No decoder for what the device sends.");
    this.#context = new native.CodecContext();
    this.#context.allocContext3(codec);
    this.#context.parametersToContext(stream.codecpar);
    this.#context.pktTimebase = stream.timeBase;
    this.#context.threadCount = threads;
    check(native, this.#context.open2Sync(codec, null), "The decoder doesn't start");
    this.#frame = new native.Frame();
    this.#frame.alloc();
    const { AVERROR_EAGAIN, AVERROR_EOF } = native.constants;
    this.#endings = new Set([AVERROR_EAGAIN, AVERROR_EOF]);
  }

  /**
   * Gives the frames that the packet completes (`null`: the last ones) while in the call.
   * @returns false where the packet can't be decoded
   */
  decode(packet: Packet | null, onFrame: (frame: Frame) => void): boolean {
    if (this.#context.sendPacketSync(packet) < 0 && packet !== null) return false;
    for (;;) {
      const result = this.#context.receiveFrameSync(this.#frame);
      if (result < 0) return this.#endings.has(result);
      onFrame(this.#frame);
      this.#frame.unref();
    }
  }

  /** Leaves out pictures that no other one needs (true), or decodes all again. */
  skipUnreferenced(skips: boolean): void {
    this.#context.setOption("skip_frame", skips ? "noref" : "default");
  }

  /** Forgets what it has, to go on elsewhere in the stream. */
  reset(): void {
    this.#context.flushBuffers();
  }

  close(): void {
    this.#frame.free();
    this.#context.freeContext();
  }
}
