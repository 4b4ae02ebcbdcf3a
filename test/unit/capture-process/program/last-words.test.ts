import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { lastWords } from "../../../../src/capture-process/program/last-words.ts";

/** What Node prints when this code ends it. */
const printed = (code: string): string =>
  spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).stderr;

describe("of what a process printed before it ended, the message is kept", () => {
  test.each([
    ["an error", "throw new Error('no memory')", "Error: no memory"],
    ["one with a code", "new URL('x')", "TypeError: Invalid URL"],
    ["a rejection", "await Promise.reject(new RangeError('too large'))", "RangeError: too large"],
    ["a message of two lines", "throw new Error('first\\nsecond')", "Error: first | second"],
    ["one after other lines", "console.error('a line'); throw new Error('x')", "Error: x"],
    [
      "an error with a cause",
      "throw new Error('no driver', { cause: new Error('no file') })",
      "Error: no driver",
    ],
    [
      "a missing module",
      "await import('/nowhere.mjs')",
      /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module '\/nowhere.mjs'/,
    ],
  ])("%s", (_what, code, expected) => {
    const words = lastWords(printed(code));
    if (typeof expected === "string") expect(words).toBe(expected);
    else expect(words).toMatch(expected);
  });

  test("and without one the last lines", () => {
    expect(lastWords("one\ntwo\nthree\n\nfour\n")).toBe("two | three | four");
    expect(lastWords("")).toBe("");
  });

  test("never more than a few hundred characters", () => {
    expect(lastWords(`Error: ${"x".repeat(10_000)}`).length).toBeLessThanOrEqual(400);
  });
});
