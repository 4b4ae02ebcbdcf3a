import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withProcessLock } from "../../host/process-lock.ts";
import { replaceFile } from "../../host/replace-file.ts";
import { readRegularFile } from "../../host/read-regular-file.ts";
import { emptyStore, parseStore, type StoreData } from "./store-data.ts";
import { trustedStats } from "./untrusted-file.ts";
import { watchFile } from "./watch-file.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What is remembered, or why it can't be trusted. */
export type StoreReading =
  | { readonly status: "readable"; readonly data: StoreData }
  | { readonly status: "damaged" }
  | { readonly status: "untrusted"; readonly reason: string };

const noFolder =
  "There is no home folder to keep permissions in; set USERMEDIA_CONFIG_DIR to a folder";

/** ms that a change waits for those of other processes, which take some each. */
const lockLimitMs = 30_000;

/** The file that remembers what users decided, shared by all programs of a user. */
export class PermissionStore {
  readonly file: string;
  readonly #hasFolder: boolean;
  #cache: { readonly stamp: string; readonly reading: StoreReading } | undefined;

  /** @param folder made when something is first remembered; `undefined` where there can be none. */
  constructor(folder: string | undefined) {
    this.file = join(folder ?? "", "permissions.json");
    this.#hasFolder = folder !== undefined;
  }

  /** What the file says now. It is read again only when it has changed. */
  read(): StoreReading {
    if (!this.#hasFolder) return { status: "untrusted", reason: noFolder };
    try {
      const stats = trustedStats(this.file);
      if (stats === undefined) return { status: "readable", data: emptyStore() };
      const stamp = `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}`;
      if (this.#cache?.stamp !== stamp) this.#cache = { stamp, reading: this.#readFile() };
      return this.#cache.reading;
    } catch (error) {
      return { status: "untrusted", reason: unreadable(this.file, error) };
    }
  }

  /**
   * Changes what is remembered: one writer at a time, among all processes. A damaged file is set
   * aside first, beside its successor, which starts empty.
   *
   * @throws Error when the file can't be trusted or written.
   */
  async update(change: (data: StoreData) => StoreData): Promise<void> {
    if (!this.#hasFolder) throw new Error(noFolder);
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const lock = `${this.file}.lock`;
    const signal = AbortSignal.timeout(lockLimitMs);
    const write = async (): Promise<void> => {
      this.#cache = undefined;
      const reading = this.read();
      if (reading.status === "untrusted") throw new Error(reading.reason);
      if (reading.status === "damaged") await this.#setAside();
      const data = reading.status === "readable" ? reading.data : emptyStore();
      await writeAtomically(this.file, `${JSON.stringify(change(data), undefined, 2)}\n`);
    };
    await withProcessLock(lock, write, { signal }).catch((error: unknown) => {
      if (error !== signal.reason) throw error;
      throw new Error(`The process that ${lock} names doesn't finish; end it, or remove the file`);
    });
  }

  /** Calls `listener` when the file may say something else. Keeps no process alive. */
  watch(listener: () => void): () => void {
    return watchFile(this.file, listener);
  }

  #readFile(): StoreReading {
    const data = parseStore(readRegularFile(this.file));
    return data === undefined ? { status: "damaged" } : { status: "readable", data };
  }

  async #setAside(): Promise<void> {
    const time = new Date().toISOString().replaceAll(":", "-");
    const aside = this.file.replace(/\.json$/u, `.damaged-${time}.json`);
    await replaceFile(this.file, aside);
    process.emitWarning(
      `${this.file} was damaged. It is set aside as ${aside}; programs ask again.`,
      {
        type: "UsermediaWarning",
      },
    );
  }
}

/** The system's errors say what failed, and where; what to do stands beside. */
function unreadable(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Error && "code" in error)) return message;
  return (
    `${file} can't be read, so what it permits isn't known (${message}); ` +
    "repair it, or set USERMEDIA_CONFIG_DIR to another folder"
  );
}
