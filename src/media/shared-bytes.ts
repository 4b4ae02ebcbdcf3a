/**
 * WebCodecs' "media resource" and its references: bytes that several frames share. They are freed
 * (handed back to a pool, if there is one) when the last reference is released.
 *
 * @see https://w3c.github.io/webcodecs/#resource-reference
 */
export class SharedBytes {
  readonly bytes: Uint8Array;
  readonly #onFree: (() => void) | undefined;
  #references = 1;

  constructor(bytes: Uint8Array, onFree?: () => void) {
    this.bytes = bytes;
    this.#onFree = onFree;
  }

  /** Adds a reference. */
  retain(): this {
    this.#references += 1;
    return this;
  }

  /** Takes a reference away; the last one frees the bytes. */
  release(): void {
    this.#references -= 1;
    if (this.#references === 0) this.#onFree?.();
  }
}
