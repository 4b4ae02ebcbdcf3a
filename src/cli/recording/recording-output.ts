import type { Writable } from "node:stream";

import { BlobEvent, MediaRecorder, type MediaStream } from "../../index.ts";

/** Where a recording is written to: a `RecordingFile`, or what stands in for one. */
export interface RecordingOutput {
  /** Written so far. */
  readonly bytes: number;
  /** Resolves when all is written; rejects with what ended the recording early. */
  readonly finished: Promise<void>;
  /** Starts recording. */
  record(stream: MediaStream, options: { readonly mimeType: string }): MediaRecorder;
  /** Gives the output up, if nothing was recorded into it. */
  close(): Promise<void>;
}

/** ms of media in each write: what a program that reads along waits for. */
const TIMESLICE_MS = 250;
/** Bytes that may wait for whoever reads, a minute of 1080p. */
const WAITING_LIMIT = 64 * 1024 * 1024;

/**
 * A recording that is written to a stream as it is made, such as the standard output. What can't be
 * sought in has no index and no length in its header; players find both by reading.
 */
export class StreamOutput implements RecordingOutput {
  readonly finished: Promise<void>;
  readonly #writable: Writable;
  #finish: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  #bytes = 0;
  #waiting = 0;

  constructor(writable: Writable) {
    this.#writable = writable;
    this.finished = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    this.finished.catch(() => undefined);
  }

  get bytes(): number {
    return this.#bytes;
  }

  record(stream: MediaStream, options: { readonly mimeType: string }): MediaRecorder {
    const recorder = new MediaRecorder(stream, options);
    const end = (error: unknown): void => {
      this.#fail(error);
      if (recorder.state !== "inactive") recorder.stop();
    };
    let written = Promise.resolve();
    recorder.addEventListener("dataavailable", (event) => {
      if (!(event instanceof BlobEvent)) return;
      const { data } = event;
      this.#waiting += data.size;
      if (this.#waiting > WAITING_LIMIT) {
        return end(new Error("The program that reads the recording is too slow"));
      }
      written = written.then(() => this.#write(data)).catch(end);
    });
    recorder.addEventListener("error", (event) => end("error" in event ? event.error : event));
    recorder.addEventListener("stop", () => void written.then(this.#finish));
    recorder.start(TIMESLICE_MS);
    return recorder;
  }

  async close(): Promise<void> {}

  async #write(data: Blob): Promise<void> {
    const bytes = new Uint8Array(await data.arrayBuffer());
    await new Promise<void>((resolve, reject) => {
      this.#writable.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    this.#waiting -= bytes.length;
    this.#bytes += bytes.length;
  }
}
