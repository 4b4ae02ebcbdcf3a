import type { FileProbe } from "../../capture-process/child/probe-file.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { ListedFile } from "./list-files.ts";

/** How often a file is asked that gives no answer: each time may take as long as a call may. */
const MAX_ATTEMPTS = 3;

interface Known {
  readonly version: string;
  attempts: number;
  probing: Promise<FileProbe | undefined> | undefined;
}

/** What each file turned out to be, asked again when it changes. */
export class FileProbes {
  readonly #ask: (path: string) => Promise<FileProbe>;
  readonly #known = new Map<string, Known>();

  /** `ask` rejects where there was no answer: that says nothing of the file. */
  constructor(ask: (path: string) => Promise<FileProbe>) {
    this.#ask = ask;
  }

  /**
   * Nothing where there was no answer; then it is asked again next time, a few times.
   * @throws DeviceError `missing-dependency`
   */
  async probe({ path, version }: ListedFile): Promise<FileProbe | undefined> {
    let known = this.#known.get(path);
    if (known?.version !== version) {
      known = { version, attempts: 0, probing: undefined };
      this.#known.set(path, known);
    }
    known.probing ??= this.#attempt(known, path);
    return await known.probing;
  }

  async #attempt(known: Known, path: string): Promise<FileProbe | undefined> {
    known.attempts += 1;
    try {
      return await this.#ask(path);
    } catch (error) {
      const isMissing = error instanceof DeviceError && error.code === "missing-dependency";
      if (isMissing || known.attempts < MAX_ATTEMPTS) known.probing = undefined;
      if (isMissing) throw error;
      return undefined;
    }
  }
}
