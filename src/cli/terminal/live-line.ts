import { clip } from "../../host/text-width.ts";
import { columnsOf, type Output } from "./terminal.ts";

/** A line of a terminal that is written again and again. Shows nothing where there is no terminal. */
export class LiveLine {
  readonly #output: Output;
  #shown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** The columns that the line may fill: one that wraps could not be taken back. */
  get columns(): number {
    return (columnsOf(this.#output) ?? 1) - 1;
  }

  show(text: string): void {
    if (this.#output.isTTY !== true) return;
    this.#output.write(`\r\u001B[2K${clip(text, this.columns)}`);
    this.#shown = true;
  }

  /** Takes it away, so that other text can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#output.write("\r\u001B[2K");
    this.#shown = false;
  }
}
