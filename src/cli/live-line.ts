import type { WriteStream } from "node:tty";

/** Where a live line can be shown. */
export type LiveLineStream = Pick<WriteStream, "write"> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** A line of a terminal that is written again and again. Shows nothing where there is no terminal. */
export class LiveLine {
  readonly #stream: LiveLineStream;
  #shown = false;

  constructor(stream: LiveLineStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (this.#stream.isTTY !== true) return;
    // A line that wraps could not be taken back. Some terminals say 0 where they don't know.
    const columns = this.#stream.columns || 80;
    const fitting = text.slice(0, columns - 1);
    this.#stream.write(`\r\u001B[2K${fitting}`);
    this.#shown = true;
  }

  /** Takes it away, so that other text can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#stream.write("\r\u001B[2K");
    this.#shown = false;
  }
}
