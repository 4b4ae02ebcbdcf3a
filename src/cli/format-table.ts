import { plainText } from "../host/plain-text.ts";

/**
 * Rows as columns of equal width, two blanks between them; none is wider than it must be. Labels of
 * devices come from the devices: what could move the cursor is shown as what it is.
 */
export function formatTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(plainText));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
