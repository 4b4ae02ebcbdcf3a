import type { Line } from "./question-lines.ts";
import type { Terminal } from "./terminal.ts";

const styles = { bold: "\u001B[1m", dim: "\u001B[2m", cyan: "\u001B[36m", plain: "" } as const;

/** A line that is wider than it was taken for is cut at the edge: it never becomes two. */
const [wrapOff, wrapOn] = ["\u001B[?7l", "\u001B[?7h"];

/** Draws lines over those it drew before. */
export class Drawing {
  readonly #terminal: Terminal;
  #drawn: readonly Line[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  draw(lines: readonly Line[]): void {
    if (JSON.stringify(lines) === JSON.stringify(this.#drawn)) return;
    const text = lines.map((line) => `${this.#styled(line)}\r\n`).join("");
    const isOverdrawn = this.#terminal.canMoveCursor && lines.length > 0;
    const drawn = isOverdrawn ? `${wrapOff}${text}${wrapOn}` : text;
    this.#terminal.write(`${this.#erasing()}${drawn}`);
    this.#drawn = lines;
  }

  /** Draws the whole of it below what other programs wrote since. */
  drawAnew(lines: readonly Line[]): void {
    this.#drawn = [];
    this.draw(lines);
  }

  #erasing(): string {
    if (this.#drawn.length === 0 || !this.#terminal.canMoveCursor) return "";
    return `\u001B[${this.#drawn.length}A\r\u001B[J`;
  }

  #styled({ text, style }: Line): string {
    if (style === "plain" || !this.#terminal.hasColors) return text;
    return `${styles[style]}${text}\u001B[0m`;
  }
}
