import { Readable } from "node:stream";
import type { DeviceError } from "../../contract/device-error.ts";
import type { EncoderSession } from "../../contract/encoder.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { EncoderConfigOf, Track } from "../../engine/contract.ts";
import type { BesideConfig, EncodedChunk, EncoderConfig } from "../../media/encoding.ts";
import type { FrameBytes, PixelFormat } from "./frame-options.ts";

export interface ChunkReaderOptions {
  /** What is made of each picture. */
  readonly config: BesideConfig | EncoderConfigOf;
  readonly format: PixelFormat;
  /** px, where neither the chunks nor a configuration made with the first picture say it. */
  readonly size: { readonly width: number; readonly height: number };
  /** Pictures that wait to be read, the newest ones. */
  readonly maxBufferSize: number;
}

/**
 * The pictures of a video track as a stream of {@link FrameBytes}, made beside the capture: raw
 * frames don't come into the program. A slow reader gets the newest ones. What waits when the track
 * ends can still be read.
 */
export class ChunkReader extends Readable {
  readonly #track: Track;
  readonly #options: ChunkReaderOptions;
  readonly #queue: EncodedChunk[] = [];
  readonly #encoder: Promise<EncoderSession>;
  readonly #removeListener: () => void;
  #size: { readonly width: number; readonly height: number };
  #isWanted = false;
  #isOver = false;
  #dropped = 0;

  constructor(track: Track, options: ChunkReaderOptions) {
    super({ objectMode: true, highWaterMark: 1 });
    this.#track = track;
    this.#options = options;
    this.#size = options.size;
    this.#removeListener = track.on("ended", () => this.#end());
    this.#encoder = track.openEncoder(this.#noticingSize(options.config), {
      chunk: (chunk) => this.#receive(chunk),
      leftOut: ({ lost }) => {
        this.#dropped += lost;
      },
      error: (reason) => this.#fail(reason),
      ended: () => this.#end(),
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
    if (this.#isOver) return;
    this.#queue.push(chunk);
    if (this.#queue.length > this.#options.maxBufferSize && !this.#isWanted) {
      this.#queue.shift();
      this.#dropped += 1;
    }
    this.#give();
  }

  #end(): void {
    this.#isOver = true;
    this.#give();
  }

  /** A capture process that is gone ends the track too; else only this stream is affected. */
  #fail(reason: DeviceError): void {
    queueMicrotask(() => {
      if (this.#track.readyState === "ended") this.#end();
      else this.destroy(reason);
    });
  }

  #give(): void {
    if (!this.#isWanted || this.destroyed) return;
    const chunk = this.#queue.shift();
    if (chunk !== undefined) {
      this.#isWanted = false;
      this.push(this.#frameOf(chunk));
    } else if (this.#isOver) {
      this.#isWanted = false;
      this.push(null);
    }
  }

  #noticingSize(config: BesideConfig | EncoderConfigOf): BesideConfig | EncoderConfigOf {
    if (typeof config !== "function") return config;
    return (settings: MediaTrackSettings): EncoderConfig => {
      const made = config(settings);
      if (made.kind === "video") this.#size = { width: made.width, height: made.height };
      return made;
    };
  }

  #frameOf({ data, size = this.#size, timestamp }: EncodedChunk): FrameBytes {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return Object.assign(bytes, { format: this.#options.format, ...size, timestamp });
  }
}
