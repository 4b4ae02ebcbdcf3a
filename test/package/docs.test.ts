import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const OWN = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
const pages = [...OWN, ...pagesIn("docs"), ...pagesIn("docs/decisions")];

function pagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}

/** `a/{b,c}` names two. */
function namedBy(text: string): string[] {
  const [, before = "", choices, after = ""] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(text) ?? [];
  if (choices === undefined) return [text];
  return choices.split(",").map((choice) => `${before}${choice}${after}`);
}

it.each(pages)("%s links only to files that are there", (page) => {
  const links = readFileSync(page, "utf8").matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g);
  const targets = [...links].map(([, target = ""]) => join(dirname(page), target));
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});

it("docs/faults.md names only tests that are there", () => {
  const names = readFileSync("docs/faults.md", "utf8").matchAll(
    /`((?:faults|devices|unit)\/[^`\s]+)`/g,
  );
  const tests = [...names].flatMap(([, name = ""]) => namedBy(name));
  expect(tests.length).toBeGreaterThan(0);
  const isThere = (name: string): boolean =>
    existsSync(`test/${name}`) || existsSync(`test/${name}.test.ts`);
  expect(tests.filter((name) => !isThere(name))).toEqual([]);
});
