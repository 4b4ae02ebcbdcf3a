import { open, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { GatheredWrites } from "./gathered-writes.ts";
import type { RecordingTarget } from "./recording-target.ts";

/**
 * A file that a recording is written into as it is made. What was in it stays until the first bytes
 * come; where none come, a file that wasn't there isn't left.
 */
export class FileTarget implements RecordingTarget {
  readonly isFile = true;
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #isNew: boolean;
  readonly #gathered = new GatheredWrites((bytes) => this.#append(bytes));
  #bytes = 0;
  #hasBegun = false;
  #failure: Error | undefined;

  private constructor(path: string, handle: FileHandle, isNew: boolean) {
    this.path = path;
    this.#handle = handle;
    this.#isNew = isNew;
  }

  /**
   * Opens the file for writing, and creates it if need be.
   * @throws Error when it can't be written
   */
  static async open(path: string): Promise<FileTarget> {
    try {
      const created = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return undefined;
        throw error;
      });
      return new FileTarget(path, created ?? (await open(path, "r+")), created !== undefined);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Can't record into ${path}: ${why}`, { cause });
    }
  }

  /** What has been written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The system's error of the first write that failed. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#gathered.add(bytes);
  }

  async flush(): Promise<void> {
    await this.#gathered.flush();
  }

  /** Where the system can't say it, as for pipes, it is taken for done. */
  async sync(): Promise<void> {
    await this.flush();
    await this.#handle.datasync().catch(() => {});
  }

  async patch(bytes: Uint8Array, position: number): Promise<void> {
    await this.flush();
    await this.#writeAt(bytes, position);
  }

  /** Writes what is left, and lets go of the file; {@link FileTarget.failure} tells if it couldn't. */
  async close(): Promise<void> {
    await this.flush().catch(() => {});
    await this.#handle.close();
    if (this.#isNew && !this.#hasBegun) await rm(this.path, { force: true });
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (!this.#hasBegun) await this.#begin();
    try {
      await this.#writeAt(bytes, this.#bytes);
    } catch (error) {
      // What a full disk took of it is no whole block or fragment, which readers stumble over.
      await this.#handle.truncate(this.#bytes).catch(() => {});
      throw error;
    }
    this.#bytes += bytes.byteLength;
  }

  async #begin(): Promise<void> {
    this.#hasBegun = true;
    const stats = await this.#handle.stat();
    // Devices and pipes can't be cut to a length.
    if (stats.isFile()) await this.#handle.truncate(0);
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    let written = 0;
    try {
      while (written < bytes.byteLength) {
        const left = bytes.byteLength - written;
        const result = await this.#handle.write(bytes, written, left, position + written);
        written += result.bytesWritten;
      }
    } catch (error) {
      if (error instanceof Error) this.#failure ??= error;
      throw error;
    }
  }
}
