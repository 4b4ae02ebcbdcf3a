import { createInterface } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";

import { plainJson, plainLines } from "../../host/plain-text.ts";
import { formatTable } from "./format-table.ts";
import { style, wrap } from "./layout.ts";

/** One of the command's outputs: a terminal, a file or a pipe. */
export type Output = Pick<WriteStream, "write"> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
};

/** What a terminal without a known size is taken for. */
const USUAL_COLUMNS = 80;

/**
 * Where the command writes: results to `out`, everything else for a person to `err`. What it writes
 * may quote text from outside; all of it goes through `plainText()` here, whoever composed it.
 */
export class Terminal {
  readonly out: Output;
  readonly err: Output;
  readonly #input: ReadStream | undefined;

  constructor(out: Output, err: Output, input?: ReadStream) {
    this.out = out;
    this.err = err;
    this.#input = input;
  }

  /** Whether a person sits there who can be asked. */
  get canAsk(): boolean {
    return this.#input?.isTTY === true && this.err.isTTY === true;
  }

  /** Asks a question that is answered with yes or no; Ctrl-C and anything else is a no. */
  async confirm(question: string): Promise<boolean> {
    if (this.#input === undefined) return false;
    this.err.write(`${fitted(question, this.err)} [y/N] `);
    const lines = createInterface({ input: this.#input });
    const answer = await new Promise<string>((resolve) => {
      lines.once("line", resolve).once("close", () => resolve(""));
    });
    lines.close();
    return /^y(?:es)?$/i.test(answer.trim());
  }

  /** Writes a line of results. */
  print(text: string): void {
    this.out.write(`${fitted(text, this.out)}\n`);
  }

  printJson(value: unknown, indent?: number): void {
    this.out.write(`${plainJson(value, indent)}\n`);
  }

  /** Writes rows under the titles of their columns, as wide as the terminal allows. */
  printTable(titles: readonly string[], rows: readonly (readonly string[])[]): void {
    const columns = columnsOf(this.out);
    const format = { columns, style: styleOf(this.out) };
    this.out.write(`${formatTable(titles, rows, format)}\n`);
  }

  /** Writes a line for the person. */
  say(text: string): void {
    this.err.write(`${fitted(text, this.err)}\n`);
  }

  /** Writes what failed. */
  fail(text: string): void {
    const [name = "", ...lines] = fitted(`usermedia: ${text}`, this.err).split(/(?<=^usermedia:)/);
    this.err.write(`${styleOf(this.err)("red", name)}${lines.join("")}\n`);
  }
}

/** The columns of a terminal; `undefined` for a file or a pipe, whose lines are as long as they are. */
export function columnsOf({ columns, isTTY }: Output): number | undefined {
  // Some terminals say 0 where they don't know.
  return isTTY === true ? columns || USUAL_COLUMNS : undefined;
}

/** Writes styles on a terminal that has colors; `NO_COLOR` and `FORCE_COLOR` decide, as in Node. */
export function styleOf(output: Output): typeof style {
  const isStyled = output.isTTY === true && output.hasColors?.() === true;
  return isStyled ? style : (_name, text) => text;
}

function fitted(text: string, output: Output): string {
  const columns = columnsOf(output);
  const plain = plainLines(text);
  return columns === undefined ? plain : wrap(plain, columns);
}
