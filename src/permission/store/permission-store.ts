import { readFileSync, statSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emptyStore, parseStore, type StoreData } from "./store-data.ts";
import { untrustedBecause } from "./untrusted-file.ts";
import { watchFile } from "./watch-file.ts";
import { withLock } from "./with-lock.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What is remembered, or why it can't be trusted. */
export type StoreReading =
  | { readonly status: "readable"; readonly data: StoreData }
  | { readonly status: "damaged" }
  | { readonly status: "untrusted"; readonly reason: string };

/** The file that remembers what users decided, shared by all programs of a user. */
export class PermissionStore {
  readonly file: string;
  #cache: { readonly stamp: string; readonly reading: StoreReading } | undefined;

  /** @param folder made when something is first remembered. */
  constructor(folder: string) {
    this.file = join(folder, "permissions.json");
  }

  /** What the file says now. It is read again only when it has changed. */
  read(): StoreReading {
    const folder = dirname(this.file);
    const folderStats = statSync(folder, { throwIfNoEntry: false });
    const stats = folderStats && statSync(this.file, { throwIfNoEntry: false });
    if (folderStats === undefined || stats === undefined) {
      return { status: "readable", data: emptyStore() };
    }
    const reason = untrustedBecause(folder, folderStats) ?? untrustedBecause(this.file, stats);
    if (reason !== undefined) return { status: "untrusted", reason };
    const stamp = `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}`;
    if (this.#cache?.stamp !== stamp) this.#cache = { stamp, reading: this.#readFile() };
    return this.#cache.reading;
  }

  /**
   * Changes what is remembered: one writer at a time, among all processes. A damaged file is set
   * aside first, beside its successor, which starts empty.
   *
   * @throws Error when the file can't be trusted or written.
   */
  async update(change: (data: StoreData) => StoreData): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    await withLock(this.file, async () => {
      this.#cache = undefined;
      const reading = this.read();
      if (reading.status === "untrusted") throw new Error(reading.reason);
      if (reading.status === "damaged") await this.#setAside();
      const data = reading.status === "readable" ? reading.data : emptyStore();
      await writeAtomically(this.file, `${JSON.stringify(change(data), undefined, 2)}\n`);
    });
  }

  /** Calls `listener` when the file may say something else. Keeps no process alive. */
  watch(listener: () => void): () => void {
    return watchFile(this.file, listener);
  }

  #readFile(): StoreReading {
    try {
      const data = parseStore(readFileSync(this.file, "utf8"));
      return data === undefined ? { status: "damaged" } : { status: "readable", data };
    } catch (error) {
      return { status: "untrusted", reason: `${this.file} can't be read: ${String(error)}` };
    }
  }

  async #setAside(): Promise<void> {
    const time = new Date().toISOString().replaceAll(":", "-");
    const aside = this.file.replace(/\.json$/u, `.damaged-${time}.json`);
    await rename(this.file, aside);
    process.emitWarning(
      `${this.file} was damaged. It is set aside as ${aside}; programs ask again.`,
      {
        type: "UsermediaWarning",
      },
    );
  }
}
