import { DeviceError } from "../../contract/device-error.ts";
import type { FileDecoder, FileFrame } from "./file-decoder.ts";
import type { FrameSender } from "./frame-sender.ts";

/** Sends the frames of a file's track as they are asked for, from wherever they are. */
export class FileTrackReader {
  readonly #decoder: FileDecoder;
  readonly #sender: FrameSender;
  #waiting: FileFrame[] = [];
  /** µs: what was over before is left out. */
  #fromUs = 0;
  /** What is under way: calls come one after another, as two on one context at once crash. */
  #work: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(decoder: FileDecoder, sender: FrameSender) {
    this.#decoder = decoder;
    this.#sender = sender;
  }

  /** Sends the next frames; fewer only where no more are. */
  read(count: number): Promise<void> {
    return this.#next(async () => {
      for (let sent = 0; sent < count && (await this.#fill()); sent += 1) {
        const next = this.#waiting.shift();
        if (next === undefined) return;
        try {
          this.#sender.send(next.frame, Math.round(next.mediaUs));
        } finally {
          next.frame.free();
        }
        await this.#sender.ready();
      }
    });
  }

  /** Reads on with the frame that is shown at this moment. */
  seek(positionUs: number): Promise<void> {
    return this.#next(async () => {
      this.#forget();
      this.#fromUs = positionUs;
      if (await this.#decoder.seek(positionUs)) return;
      throw new DeviceError("failed", "This file can't be read from elsewhere.");
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    this.#forget();
    this.#sender.close();
    await this.#decoder.close();
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#work.then(task);
    this.#work = result.catch(() => undefined);
    return result;
  }

  /** Decodes until the next frame is there to be sent; false at the track's end. */
  async #fill(): Promise<boolean> {
    for (;;) {
      if (this.#isClosed) return false;
      this.#skip();
      const [first, second] = this.#waiting;
      // Where a frame ends is known when the next one is there.
      const isShown = first !== undefined && first.mediaUs >= this.#fromUs;
      if (isShown || second !== undefined) return true;
      if (this.#decoder.isAtEnd) return first !== undefined;
      this.#waiting.push(...(await this.#decoder.next()));
    }
  }

  #skip(): void {
    while ((this.#waiting[1]?.mediaUs ?? Infinity) <= this.#fromUs) {
      this.#waiting.shift()?.frame.free();
    }
  }

  #forget(): void {
    for (const { frame } of this.#waiting.splice(0)) frame.free();
  }
}
