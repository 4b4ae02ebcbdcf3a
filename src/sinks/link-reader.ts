import { Readable } from "node:stream";
import type { FrameLink } from "../engine/track/frame-link.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";

/**
 * What a link gives, as a stream of Node's. Ends with the track; destroying it disconnects from the
 * track, which goes on.
 */
export abstract class LinkReader extends Readable {
  readonly #link: FrameLink;

  /** @param highWaterMark - chunks that wait to be read */
  constructor(link: FrameLink, highWaterMark: number) {
    // Object mode keeps chunks apart; bytes still pipe into any Writable.
    super({ objectMode: true, highWaterMark });
    this.#link = link;
  }

  /** Frames that this reader misses: the device lost them, or they weren't read in time. */
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

  /**
   * Pushes what becomes of a frame, and closes the frame.
   * @returns false when that is nothing yet
   */
  protected abstract give(frame: VideoFrame | AudioData): boolean | Promise<boolean>;

  /** Pushes what is left at the end of the track. */
  protected giveRest(): void {}

  async #pump(): Promise<void> {
    try {
      for (;;) {
        const frame = await this.#link.read();
        if (this.destroyed) {
          frame?.close();
          return;
        }
        if (frame === undefined) {
          this.giveRest();
          this.push(null);
          return;
        }
        // After something was pushed, the stream asks again.
        if (await this.give(frame)) return;
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
