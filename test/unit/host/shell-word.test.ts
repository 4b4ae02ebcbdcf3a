import { expect, test } from "vitest";
import { shellWord } from "../../../src/host/shell-word.ts";

test.each([
  ["linux", "/home/ann/app.mjs", "/home/ann/app.mjs"],
  ["linux", "/home/ann/my app.mjs", "'/home/ann/my app.mjs'"],
  ["darwin", "/home/ann/it's.mjs", String.raw`'/home/ann/it'\''s.mjs'`],
  ["win32", String.raw`C:\Users\ann\app.mjs`, String.raw`C:\Users\ann\app.mjs`],
  ["win32", String.raw`C:\My Apps\it's.mjs`, String.raw`"C:\My Apps\it's.mjs"`],
] as const)("on %s a command takes %s as %s", (platform, path, word) => {
  expect(shellWord(path, platform)).toBe(word);
});
