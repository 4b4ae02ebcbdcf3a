import { extname } from "node:path";
import { FileTarget } from "../sinks/recorder/file-target.ts";
import type { MediaRecorderOptions } from "../web/recorder/media-recorder-options.ts";
import { mediaRecorderBrand } from "../web/recorder/media-recorder-slots.ts";
import { MediaRecorder } from "../web/recorder/media-recorder.ts";
import { mediaStreamBrand } from "../web/stream/media-stream-slots.ts";
import { nameOf } from "../webidl/types.ts";
import type { MediaStreamLike } from "../web/stream/media-stream.ts";

/** The MIME types of file names, for what is recorded into them. */
const mimeTypes: Readonly<Record<string, { readonly video: string; readonly audio: string }>> = {
  ".webm": { video: "video/webm", audio: "audio/webm" },
  ".mp4": { video: "video/mp4", audio: "audio/mp4" },
  ".m4a": { video: "audio/mp4", audio: "audio/mp4" },
  ".mkv": { video: "video/x-matroska", audio: "audio/x-matroska" },
  ".mka": { video: "audio/x-matroska", audio: "audio/x-matroska" },
  ".ogg": { video: "audio/ogg", audio: "audio/ogg" },
  ".opus": { video: "audio/ogg", audio: "audio/ogg" },
  ".wav": { video: "audio/wav", audio: "audio/wav" },
};

/**
 * A file that a stream is recorded into: written as it is recorded, so that memory stays flat and
 * whatever happens, what is in the file is playable.
 *
 * ```ts
 * const file = await RecordingFile.open("out.webm");
 * const recorder = file.record(stream);
 * setTimeout(() => recorder.stop(), 5_000);
 * await file.finished;
 * ```
 */
export class RecordingFile {
  readonly #target: FileTarget;
  readonly #finished: Promise<void>;
  #finish: (error?: unknown) => void = () => {};
  #isUsed = false;

  private constructor(target: FileTarget) {
    if (!(target instanceof FileTarget)) {
      throw new TypeError("A file is opened first: await RecordingFile.open(path)");
    }
    this.#target = target;
    this.#finished = new Promise((resolve, reject) => {
      this.#finish = (error) => (error === undefined ? resolve() : reject(error as Error));
    });
    // Whoever doesn't ask needn't hear of it: the recorder fires `error` as well.
    this.#finished.catch(() => {});
  }

  /**
   * Opens the file, and creates it if need be, before any device is opened. What was in it stays
   * until there is something to write.
   * @throws Error when it can't be written
   */
  static async open(path: string): Promise<RecordingFile> {
    return new RecordingFile(await FileTarget.open(path));
  }

  /** Written so far. */
  get bytes(): number {
    return this.#target.bytes;
  }

  /**
   * Resolves when the file is complete. Rejects with what ended the recording early (the system's
   * error of a full disk, a broken encoder); the file is closed then too, and playable.
   */
  get finished(): Promise<void> {
    return this.#finished;
  }

  /**
   * Starts recording. The recorder is a usual one, but for its `dataavailable` events: they are
   * empty, since the data is in the file.
   *
   * @param options - as of `MediaRecorder`; without a `mimeType`, the file's name says it
   * @throws DOMException `NotSupportedError`, `InvalidStateError` when the file is used already
   */
  record(stream: MediaStreamLike, options: MediaRecorderOptions = {}): MediaRecorder {
    if (this.#isUsed) throw new DOMException("This file has a recording.", "InvalidStateError");
    if (!mediaStreamBrand.is(stream)) {
      throw new TypeError(`record() takes a MediaStream; this is ${nameOf(stream)}.`);
    }
    const kind = stream.getTracks().some((track) => track.kind === "video") ? "video" : "audio";
    const named = mimeTypes[extname(this.#target.path).toLowerCase()]?.[kind];
    const recorder = new MediaRecorder(stream, { ...(named && { mimeType: named }), ...options });
    mediaRecorderBrand.slotsOf(recorder).target = this.#target;
    let failure: unknown;
    recorder.addEventListener("error", ({ error }) => {
      failure = error;
    });
    recorder.addEventListener("stop", () => void this.#close(failure), { once: true });
    recorder.start();
    this.#isUsed = true;
    return recorder;
  }

  /** Gives the file up, if nothing was recorded into it. */
  async close(): Promise<void> {
    if (this.#isUsed) return;
    this.#isUsed = true;
    await this.#close(undefined);
  }

  async #close(failure: unknown): Promise<void> {
    try {
      await this.#target.close();
      this.#finish(this.#target.failure ?? failure);
    } catch (error) {
      this.#finish(this.#target.failure ?? failure ?? error);
    }
  }
}
