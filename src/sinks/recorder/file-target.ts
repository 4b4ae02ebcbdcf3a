import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { RecordingTarget } from "./recording-target.ts";

/** A file that a recording is written into as it is made. */
export class FileTarget implements RecordingTarget {
  readonly path: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /**
   * Creates or empties the file.
   * @throws Error when it can't be written
   */
  static async open(path: string): Promise<FileTarget> {
    try {
      return new FileTarget(path, await open(path, "w"));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Can't record into ${path}: ${why}`, { cause });
    }
  }

  /** What has been written. */
  get bytes(): number {
    return this.#bytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#writeAt(bytes, this.#bytes);
    this.#bytes += bytes.byteLength;
  }

  async patch(bytes: Uint8Array, position: number): Promise<void> {
    await this.#writeAt(bytes, position);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    let written = 0;
    while (written < bytes.byteLength) {
      const left = bytes.byteLength - written;
      const result = await this.#handle.write(bytes, written, left, position + written);
      written += result.bytesWritten;
    }
  }
}
