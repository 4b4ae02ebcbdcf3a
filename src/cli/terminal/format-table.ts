import { plainText } from "../../host/plain-text.ts";
import { textWidth } from "../../host/text-width.ts";
import { hanging, type style, wrap } from "./layout.ts";

/** How a table is written. */
interface TableFormat {
  /** Of the terminal. Default: lines are as long as they are. */
  readonly columns?: number | undefined;
  readonly style: typeof style;
}

/** Columns that a cell needs, if its words are broken into lines. */
const LEAST_WRAPPED = 20;

/**
 * Rows as columns of equal width, two blanks between them. Where that is wider than the terminal,
 * the widest column is broken between words; where that isn't enough, each row is a paragraph with a
 * line for each of its cells. Nothing is cut: ids and paths are there to be copied.
 */
export function formatTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { columns = Infinity, style }: TableFormat,
): string {
  const plain = rows.map((row) => titles.map((_title, column) => plainText(row[column] ?? "")));
  const widths = fittedWidths([titles, ...plain], columns);
  if (widths === undefined) return paragraphs(titles, plain, { columns, style });
  const lines = (row: readonly string[]): string => {
    const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 0).split("\n"));
    const height = Math.max(...cells.map(({ length }) => length));
    const line = (at: number): string =>
      cells.map((cell, column) => pad(cell[at] ?? "", widths[column] ?? 0)).join("  ");
    return Array.from({ length: height }, (_line, at) => line(at).trimEnd()).join("\n");
  };
  return [style("bold", lines(titles)), ...plain.map(lines)].join("\n");
}

/** The width of each column in a table that fits; `undefined` where none does. */
function fittedWidths(
  rows: readonly (readonly string[])[],
  columns: number,
): readonly number[] | undefined {
  const count = rows[0]?.length ?? 0;
  const widest = (column: number, parts: (cell: string) => readonly string[]): number =>
    Math.max(...rows.flatMap((row) => parts(row[column] ?? "").map(textWidth)));
  const widths = Array.from({ length: count }, (_column, at) => widest(at, (cell) => [cell]));
  const excess = widths.reduce((sum, width) => sum + width + 2, -2) - columns;
  if (excess <= 0) return widths;
  const column = widths.indexOf(Math.max(...widths));
  const left = (widths[column] ?? 0) - excess;
  const least = Math.max(
    LEAST_WRAPPED,
    widest(column, (cell) => cell.split(" ")),
  );
  return left < least ? undefined : widths.map((width, at) => (at === column ? left : width));
}

function paragraphs(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, style }: TableFormat & { readonly columns: number },
): string {
  const width = Math.max(...titles.map(textWidth)) + 2;
  const paragraph = (row: readonly string[]): string =>
    row
      .flatMap((cell, column) => {
        const title = titles[column] ?? "";
        if (cell === "") return [];
        const text = hanging(pad(title, width), cell, columns);
        return [style("bold", text.slice(0, title.length)) + text.slice(title.length)];
      })
      .join("\n");
  return rows.map(paragraph).join("\n\n");
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}
