import { type FileHandle, open, rm } from "node:fs/promises";

import { CommandError } from "./command-error.ts";
import { ExitCode } from "./exit-code.ts";

/**
 * The file that is recorded into. It is opened before any device, so that a place that can't be
 * written fails first; what was in it stays until the first bytes come.
 */
export class OutputFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #isNew: boolean;
  #writing: Promise<void> = Promise.resolve();
  #failure: CommandError | undefined;
  #bytes = 0;
  #begun = false;

  private constructor(path: string, handle: FileHandle, isNew: boolean) {
    this.path = path;
    this.#handle = handle;
    this.#isNew = isNew;
  }

  /** @throws CommandError when it can't be written */
  static async open(path: string): Promise<OutputFile> {
    try {
      const created = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return undefined;
        throw error;
      });
      return new OutputFile(path, created ?? (await open(path, "r+")), created !== undefined);
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds to the file, in the order of the calls. */
  write(data: Uint8Array | Promise<Uint8Array>): Promise<void> {
    this.#writing = this.#writing.then(async () => this.#append(await data));
    return this.#writing;
  }

  /** Resolves when everything is in the file. @throws CommandError when something isn't */
  async close(): Promise<void> {
    try {
      await this.#writing;
    } finally {
      await this.#handle.close();
      if (this.#isNew && !this.#begun) await rm(this.path, { force: true });
    }
  }

  async #append(data: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      if (!this.#begun) await this.#begin();
      for (let offset = 0; offset < data.length;) {
        const { bytesWritten } = await this.#handle.write(data, offset);
        offset += bytesWritten;
        this.#bytes += bytesWritten;
      }
    } catch (error) {
      this.#failure = cannotWrite(this.path, error);
      throw this.#failure;
    }
  }

  async #begin(): Promise<void> {
    this.#begun = true;
    const stats = await this.#handle.stat();
    // Devices and pipes can't be cut to a length.
    if (stats.isFile()) await this.#handle.truncate(0);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it is on a read-only disk",
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full; what was written before is kept",
  EFBIG: "the disk takes no larger file; what was written before is kept",
  EDQUOT: "this user's share of the disk is used up; what was written before is kept",
};

function cannotWrite(path: string, error: unknown): CommandError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new CommandError(ExitCode.failed, `${path} can't be written: ${reason}`, { cause: error });
}
