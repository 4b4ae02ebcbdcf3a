import { Help } from "commander";

import { textWidth } from "../../host/text-width.ts";

const STYLES = { bold: 1, red: 31, green: 32, yellow: 33 } as const;

/** Writes a text in a style, for a terminal that has styles. */
export function style(name: keyof typeof STYLES, text: string): string {
  return `\u001B[${STYLES[name]}m${text}\u001B[0m`;
}

const help = new Help();
help.minWidthToWrap = 1;
help.displayWidth = textWidth;

/** Breaks lines between words, so that none is wider than `columns`. A longer word stays whole. */
export function wrap(text: string, columns: number): string {
  return help.boxWrap(text, columns);
}

/** A text after a title of its own, its further lines below its first. */
export function hanging(title: string, text: string, columns: number): string {
  const indent = textWidth(title);
  const lines = wrap(text, Math.max(1, columns - indent)).split("\n");
  return lines.map((line, at) => `${at === 0 ? title : " ".repeat(indent)}${line}`).join("\n");
}
