import type { ChildProcess } from "node:child_process";

/** What a recorder of 16-bit samples has heard. */
export class Hearing {
  readonly #child: ChildProcess;
  readonly #chunks: { readonly at: number; readonly from: number; readonly bytes: Buffer }[] = [];
  readonly #waiting = new Set<() => void>();
  #length = 0;

  /** @param child - a process that writes samples to its output */
  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.on("data", (bytes: Buffer) => {
      this.#chunks.push({ at: performance.now(), from: this.#length / 2, bytes });
      this.#length += bytes.length;
      for (const check of [...this.#waiting]) check();
    });
  }

  get samples(): Int16Array {
    const bytes = Buffer.concat(this.#chunks.map((chunk) => chunk.bytes));
    const whole = bytes.length - (bytes.length % 2);
    return new Int16Array(new Uint8Array(bytes.subarray(0, whole)).buffer);
  }

  /** When the sample of this number was heard here, in ms of `performance.now()`. */
  heardAt(index: number): number {
    return this.#chunks.findLast(({ from }) => from <= index)?.at ?? Number.NaN;
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Resolves when that much more was heard. */
  async next(ms: number): Promise<void> {
    const length = this.#length + ms * 96;
    await this.until(() => this.#length >= length);
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Where `sought` begins in `samples`, by its first samples and a tolerance in steps; -1: nowhere. */
export function findSamples(samples: Int16Array, sought: Int16Array, tolerance = 0): number {
  const head = sought.subarray(0, 32);
  return samples.findIndex((_, at) =>
    head.every((value, index) => Math.abs((samples[at + index] ?? Infinity) - value) <= tolerance),
  );
}

/** Samples without a pattern, never 0: from one seed always the same. */
export function noise(length: number, seed = 1): Int16Array {
  let state = seed;
  return Int16Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (Math.floor(state / 65_536) % 16_000) + 1;
  });
}
