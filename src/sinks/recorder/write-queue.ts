/** Bytes that may wait for a slow target before a recording gives up, rather than fill the memory. */
const maximumWaitingBytes = 256 * 1024 * 1024;

/** Runs writes one after the other; after the first that fails, none. */
export class WriteQueue {
  readonly #failed: (reason: Error) => void;
  #tail: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #open = true;

  constructor(failed: (reason: Error) => void) {
    this.#failed = failed;
  }

  add(bytes: number, write: () => Promise<void>): void {
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > maximumWaitingBytes && bytes > 0) {
      this.#waitingBytes -= bytes;
      this.#failed(
        new Error(
          "The recording is written more slowly than it is made; use a faster disk or a lower bitrate.",
        ),
      );
      return;
    }
    this.#tail = this.#tail
      .then(async () => {
        if (this.#open) await write();
        this.#waitingBytes -= bytes;
      })
      .catch((reason: unknown) => {
        this.#open = false;
        this.#waitingBytes -= bytes;
        this.#failed(reason instanceof Error ? reason : new Error(String(reason)));
      });
  }

  /** Resolves when everything added so far has been written or given up. */
  async settled(): Promise<void> {
    let tail: Promise<void>;
    do {
      tail = this.#tail;
      await tail;
    } while (tail !== this.#tail);
  }
}
