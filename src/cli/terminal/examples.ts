import type { Command } from "commander";

import { textWidth } from "../../host/text-width.ts";
import { columnsOf, styleOf, type Terminal } from "./terminal.ts";

/** Adds examples to a command's help, which can be copied from a terminal of any width. */
export function addExamples(
  command: Command,
  { out }: Terminal,
  lines: readonly string[],
): Command {
  return command.addHelpText("after", () => {
    const columns = columnsOf(out) ?? Infinity;
    const shown = lines.map((line) => continued(`$ ${line}`, columns - 2));
    return ["", styleOf(out)("bold", "Examples:"), ...shown].join("\n");
  });
}

/** A command line in several, each but the last with the shell's sign that it goes on. */
function continued(line: string, columns: number): string {
  const lines = [""];
  for (const word of line.split(" ")) {
    const last = lines.at(-1) ?? "";
    const longer = last === "" ? word : `${last} ${word}`;
    if (last === "" || textWidth(longer) <= columns - 2) lines[lines.length - 1] = longer;
    else lines.push(`    ${word}`);
  }
  return lines.map((part) => `  ${part}`).join(" \\\n");
}
