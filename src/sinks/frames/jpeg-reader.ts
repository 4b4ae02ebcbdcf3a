import { Readable } from "node:stream";
import type { EncoderSession } from "../../contract/encoder.ts";
import type { Track } from "../../engine/contract.ts";
import type { EncodedChunk } from "../../media/encoding.ts";
import { targetSize } from "./frame-options.ts";
import type { FrameBytes, FrameOptions } from "./frame-options.ts";
import { jpegConfiguration } from "./jpeg-configuration.ts";

/**
 * The pictures of a video track as a stream of JPEG files ({@link FrameBytes}), encoded beside the
 * capture: raw frames don't come into the program.
 */
export class JpegReader extends Readable {
  readonly #size: { readonly width: number; readonly height: number };
  readonly #maxBufferSize: number;
  readonly #queue: EncodedChunk[] = [];
  readonly #encoder: Promise<EncoderSession>;
  readonly #removeListener: () => void;
  #isWanted = false;
  #dropped = 0;

  constructor(track: Track, options: FrameOptions) {
    super({ objectMode: true, highWaterMark: 1 });
    const { width = 640, height = 480 } = track.settings;
    this.#size = targetSize(options, { width, height });
    this.#maxBufferSize = options.maxBufferSize ?? 1;
    this.#removeListener = track.on("ended", () => this.push(null));
    this.#encoder = track.openEncoder(jpegConfiguration(this.#size, track.settings.frameRate), {
      chunk: (chunk) => this.#receive(chunk),
      leftOut: ({ lost }) => {
        this.#dropped += lost;
      },
      error: (reason) => this.destroy(reason),
      ended: () => this.push(null),
    });
    this.#encoder.catch((reason: unknown) =>
      this.destroy(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }

  /** Frames that this reader misses: the device lost them, or they weren't read in time. */
  get dropped(): number {
    return this.#dropped;
  }

  override _read(): void {
    this.#isWanted = true;
    this.#give();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#removeListener();
    this.#queue.length = 0;
    void this.#close();
    callback(error);
  }

  async #close(): Promise<void> {
    try {
      await (await this.#encoder).close();
    } catch {
      // It never opened, which is what this stream was destroyed with.
    }
  }

  #receive(chunk: EncodedChunk): void {
    this.#queue.push(chunk);
    if (this.#queue.length > this.#maxBufferSize && !this.#isWanted) {
      this.#queue.shift();
      this.#dropped += 1;
    }
    this.#give();
  }

  #give(): void {
    if (!this.#isWanted) return;
    const chunk = this.#queue.shift();
    if (chunk === undefined) return;
    this.#isWanted = false;
    const { data, timestamp } = chunk;
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const frame: FrameBytes = Object.assign(bytes, {
      format: "jpeg" as const,
      ...this.#size,
      timestamp,
    });
    this.push(frame);
  }
}
