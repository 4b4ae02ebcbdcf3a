import { Readable } from "node:stream";
import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/frame-link.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { FrameOptions, PixelFormat } from "./frame-options.ts";
import { PixelConverter } from "./pixel-converter.ts";

/**
 * The pictures of a video track as a stream of Buffers ({@link FrameBytes}). Ends with the track;
 * destroying it disconnects from the track, which goes on.
 */
export class PixelReader extends Readable {
  readonly #link: FrameLink;
  readonly #converter: PixelConverter;

  constructor(track: Track, options: FrameOptions, format: Exclude<PixelFormat, "jpeg">) {
    super({ objectMode: true, highWaterMark: 1 });
    this.#converter = new PixelConverter(options, format);
    this.#link = new FrameLink(track, options.maxBufferSize ?? 1);
  }

  /** Frames that were lost since they weren't read in time. */
  get dropped(): number {
    return this.#link.dropped;
  }

  override _read(): void {
    void this.#pump();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#link.close();
    callback(error);
  }

  async #pump(): Promise<void> {
    const frame = await this.#link.read();
    try {
      if (this.destroyed) return;
      this.push(frame instanceof VideoFrame ? await this.#converter.convert(frame) : null);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      frame?.close();
    }
  }
}
