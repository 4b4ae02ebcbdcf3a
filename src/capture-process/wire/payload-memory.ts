const PADDING = 64;

/** Shorter ones come from memory that the process has had before anyway. */
const LEAST_BYTES = 64 * 1024;

/** As many as travel, wait and are shown of one camera at the same time. */
const MAX_SPARE = 6;

/**
 * Memory for payloads. That of pictures is used again: the kernel gives new memory page by page,
 * which takes it longer than to copy a picture.
 */
export class PayloadMemory {
  #spare: Uint8Array<ArrayBuffer>[] = [];

  /** Not cleared: all of it is to be written. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const index = this.#spare.findIndex((bytes) => bytes.length === length);
    const [found] = index === -1 ? [] : this.#spare.splice(index, 1);
    return found ?? paddedBytes(length);
  }

  /** Nobody refers to these bytes, which are of {@link take}, any more. */
  give(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length < LEAST_BYTES) return;
    this.#spare.push(bytes);
    // Those that were there first are of another size, or more than are needed.
    if (this.#spare.length > MAX_SPARE) this.#spare.shift();
  }
}

/** FFmpeg's fast loops read some bytes past the end of what they are given. */
function paddedBytes(length: number): Uint8Array<ArrayBuffer> {
  const { buffer } = Buffer.allocUnsafeSlow(length + PADDING);
  const bytes = new Uint8Array(buffer as ArrayBuffer);
  bytes.fill(0, length);
  return bytes.subarray(0, length);
}
