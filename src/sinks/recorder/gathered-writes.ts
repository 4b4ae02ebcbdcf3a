/** ms that bytes wait for more: what a program that is killed loses by it at most. */
const gatherMs = 100;

/** Bytes that are enough for a write at once. */
const enoughBytes = 256 * 1024;

/**
 * Makes few writes of many: a recording comes in some eighty pieces a second, and a write costs the
 * same whatever its length.
 */
export class GatheredWrites {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #tail: Promise<void> = Promise.resolve();
  #failure: { readonly reason: unknown } | undefined;

  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  /**
   * Takes bytes, which mustn't change after. Resolves at once, or when they are written where there
   * are many.
   * @throws what an earlier write failed with
   */
  async add(bytes: Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure.reason;
    this.#parts.push(bytes);
    this.#bytes += bytes.byteLength;
    if (this.#bytes >= enoughBytes) await this.flush();
    // A failure is told by the next call.
    else this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), gatherMs);
  }

  /** Resolves when all is written. Rejects when a write failed; none follows it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tail = this.#tail.then(() => this.#writeParts());
    return this.#tail;
  }

  async #writeParts(): Promise<void> {
    if (this.#bytes === 0) return;
    const [first = new Uint8Array(), ...others] = this.#parts;
    const bytes = others.length === 0 ? first : Buffer.concat(this.#parts, this.#bytes);
    this.#parts = [];
    this.#bytes = 0;
    try {
      await this.#write(bytes);
    } catch (reason) {
      this.#failure = { reason };
      throw reason;
    }
  }
}
