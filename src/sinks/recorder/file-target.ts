import type { Stats } from "node:fs";
import { lstat, open, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { GatheredWrites } from "./gathered-writes.ts";
import type { RecordingTarget } from "./recording-target.ts";

/** Files that recordings of this program are written into, by device and inode. */
const filesInUse = new Set<string>();

/**
 * A file that a recording is written into as it is made. What was in it stays until the first bytes
 * come; where none come, a file that wasn't there isn't left. What others write there meanwhile is
 * neither overwritten nor removed.
 */
export class FileTarget implements RecordingTarget {
  readonly path: string;
  readonly isFile = true;
  readonly #handle: FileHandle;
  readonly #isNew: boolean;
  /** As it was when it was opened. */
  readonly #before: Stats;
  readonly #gathered = new GatheredWrites((bytes) => this.#append(bytes));
  #bytes = 0;
  #hasBegun = false;
  #failure: Error | undefined;

  private constructor(path: string, handle: FileHandle, found: { isNew: boolean; stats: Stats }) {
    this.path = path;
    this.#handle = handle;
    this.#isNew = found.isNew;
    this.#before = found.stats;
  }

  /**
   * Opens the file for writing, and creates it if need be.
   * @throws Error when it can't be written, or another recording of this program is written into it
   */
  static async open(path: string): Promise<FileTarget> {
    try {
      await refuseWhatIsNoFile(path);
      const created = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return undefined;
        throw error;
      });
      const handle = created ?? (await open(path, "r+"));
      const stats = await handle.stat();
      if (stats.isFile() && filesInUse.has(identityOf(stats))) {
        await handle.close();
        throw new Error("another recording is written into it. Choose another name.");
      }
      if (stats.isFile()) filesInUse.add(identityOf(stats));
      return new FileTarget(path, handle, { isNew: created !== undefined, stats });
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
    const stats = await this.#handle.stat();
    if (this.#hasBegun && stats.isFile() && stats.nlink === 0) {
      this.#failure ??= new Error(`${this.path} was removed while it was recorded.`);
    }
    await this.#handle.close();
    filesInUse.delete(identityOf(this.#before));
    // Another program may have put its own there, or written into this one.
    const isOurs = this.#isNew && !this.#hasBegun && stats.size === 0;
    const there = isOurs ? await lstat(this.path).catch(() => undefined) : undefined;
    if (there !== undefined && identityOf(there) === identityOf(stats)) {
      await rm(this.path, { force: true });
    }
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

  /** @throws Error when another program has written into the file, or removed it, since it was opened */
  async #begin(): Promise<void> {
    const stats = await this.#handle.stat();
    if (stats.isFile()) {
      const { size, mtimeMs } = this.#before;
      if (stats.nlink === 0 || stats.size !== size || stats.mtimeMs !== mtimeMs) {
        const what = stats.nlink === 0 ? "removed" : "written by another program";
        this.#failure ??= new Error(
          `Can't record into ${this.path}: it was ${what} since it was opened. Choose another name.`,
        );
        throw this.#failure;
      }
    }
    this.#hasBegun = true;
    // Devices can't be cut to a length.
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

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

/** @throws Error for what a recording can't be written into at any position, or that isn't there */
async function refuseWhatIsNoFile(path: string): Promise<void> {
  const link = await lstat(path).catch(() => undefined);
  if (link === undefined) return;
  const target = await stat(path).catch(() => undefined);
  if (target === undefined) {
    throw new Error("it is a link to a file that isn't there. Remove the link, or choose another.");
  }
  if (target.isFIFO() || target.isSocket()) {
    const what = target.isFIFO() ? "a named pipe" : "a socket";
    throw new Error(`it is ${what}, which can't be written anew. Choose a file.`);
  }
  if (target.isDirectory()) throw new Error("it is a folder. Choose a file in it.");
}
