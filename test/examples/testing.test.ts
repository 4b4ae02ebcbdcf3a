import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

import { noChromiumBecause } from "../support/chromium.ts";

const run = promisify(execFile);

const readme = readFileSync("examples/testing/README.md", "utf8");
const rows = [...readme.matchAll(/^\| `([\w-]+)` *\|.*\| `([^`]+)` *\|$/gm)];
const commands = rows.map(([, name = "", command = ""]) => [name, command] as const);

/** How many tests each project has, so that one that runs none is noticed. */
const EXPECTED: Readonly<Record<string, number>> = {
  "vitest-jsdom": 6,
  "happy-dom": 2,
  "testing-library": 3,
  storybook: 3,
  "open-source": 14,
  "vitest-browser": 3,
  "storybook-browser": 3,
  jest: 3,
  "jest-node": 1,
  "node-test": 3,
  playwright: 3,
};

/** How many of them need Chromium. */
const IN_CHROMIUM: Readonly<Record<string, number>> = {
  playwright: 2,
  "vitest-browser": 3,
  "storybook-browser": 3,
};

describe("the projects in examples/testing, by the commands of their README", () => {
  test("are all there", () => {
    expect(commands.map(([name]) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.for(commands)("%s passes", { timeout: 240_000 }, async ([name, command], context) => {
    const isAllInChromium = EXPECTED[name] === IN_CHROMIUM[name];
    if (isAllInChromium && noChromiumBecause !== undefined) context.skip(noChromiumBecause);
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([key]) => !/^(VITEST|VITE_|NODE_ENV|NODE_TEST|TEST$)/.test(key),
      ),
    );
    const { stderr, stdout } = await run("sh", ["-c", command], {
      env: { ...env, NO_COLOR: "1", CI: "1" },
      maxBuffer: 1 << 26,
    });
    const output = `${stdout}\n${stderr}`;
    const skipped = noChromiumBecause === undefined ? 0 : (IN_CHROMIUM[name] ?? 0);
    expect({ passed: passedIn(output), output }).toEqual({
      passed: (EXPECTED[name] ?? 0) - skipped,
      output,
    });
  });
});

/** As Vitest, Jest and node:test count. */
function passedIn(output: string): number {
  const counts = [/Tests\s+(\d+) passed/, /Tests:\s+(\d+) passed/, /[#ℹ] pass (\d+)/];
  for (const count of counts) {
    const found = count.exec(output);
    if (found) return Number(found[1]);
  }
  return 0;
}
