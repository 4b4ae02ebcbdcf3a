import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MediaFile } from "../../contract/media-file.ts";
import type { CaptureProcess } from "./capture-process.ts";
import { FileProxy } from "./file-proxy.ts";
import { SharedProcess } from "./shared-process.ts";
import type { Request } from "../wire/command.ts";

/** Long files that don't tell their length are looked through. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The capture process of the files that are open. */
export class FileProcess {
  readonly #process = new SharedProcess();
  readonly #open = new Set<FileProxy>();
  #asked = 0;

  /** @throws DeviceError */
  async open(file: string | Uint8Array): Promise<MediaFile> {
    if (typeof file === "string") return await this.#openPath(file);
    const folder = await mkdtemp(join(tmpdir(), "usermedia-"));
    const remove = () => rm(folder, { recursive: true, force: true });
    try {
      const path = join(folder, "file");
      await writeFile(path, file, { mode: 0o600 });
      const opened = await this.#openPath(path, remove);
      // Open files outlive their names, but not on Windows; there it goes when it is closed.
      await remove().catch(() => undefined);
      return opened;
    } catch (error) {
      await remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#open, (file) => file.close()));
  }

  async #openPath(path: string, onClosed?: () => Promise<void>): Promise<FileProxy> {
    const file = await FileProxy.open(path, {
      process: this.#process,
      ask: (process, request) => this.#ask(process, request),
      onClosed: async (closed) => {
        this.#open.delete(closed);
        await onClosed?.();
      },
    });
    this.#open.add(file);
    return file;
  }

  /** Files that nobody reads keep no program alive. */
  async #ask(process: CaptureProcess, request: Request): Promise<unknown> {
    this.#asked += 1;
    process.keepAlive(true);
    try {
      return await process.request(request, ANSWER_TIMEOUT_MS);
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) process.keepAlive(false);
    }
  }
}
