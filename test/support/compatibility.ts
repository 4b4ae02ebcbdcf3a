import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

const PAGE = "docs/compatibility.md";

/** A table of the page, by its heading. */
export type CompatibilityTable = "Installers" | "Runtimes" | "Bundlers" | "CommonJS" | "TypeScript";

/**
 * Says in `docs/compatibility.md` what a test showed. The page is written with
 * `USERMEDIA_REPORT=1`; else it must say so already, so that it never claims what no test shows.
 */
export function noteCompatibility(
  table: CompatibilityTable,
  environment: string,
  result: string,
): void {
  const row = `| ${environment} | ${result} |`;
  const page = readFileSync(PAGE, "utf8");
  if (process.env["USERMEDIA_REPORT"] === undefined) {
    expect(page.split("\n"), `${PAGE}: npm run compatibility writes it`).toContain(row);
    return;
  }
  const [before = "", after = ""] = page.split(`\n## ${table}\n`);
  const [section = "", ...rest] = after.split("\n## ");
  const others = section.split("\n").filter((line) => !line.startsWith(`| ${environment} |`));
  while (others.at(-1) === "") others.pop();
  const written = [...others, row, ""].join("\n");
  writeFileSync(PAGE, [`${before}\n## ${table}\n${written}`, ...rest].join("\n## "));
}
