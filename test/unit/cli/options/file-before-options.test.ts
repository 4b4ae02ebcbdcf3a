import { expect, test } from "vitest";
import { createProgram } from "../../../../src/cli/create-program.ts";
import { fileBeforeOptions } from "../../../../src/cli/options/file-before-options.ts";
import { Terminal } from "../../../../src/cli/terminal/terminal.ts";

const program = createProgram(new Terminal(process.stdout, process.stderr));
const rewritten = (...words: string[]) => fileBeforeOptions(words, program);

test.each([
  [["record", "--screen", "out.webm"]],
  [["record", "--audio", "--video", "out.webm"]],
  [["record", "--duration", "5s", "--screen", "out.webm"]],
  [["snapshot", "--screen", "out.png"]],
  [["record", "--format", "webm", "--video", "-"]],
])("%j: the last word is the file", (words) => {
  expect(rewritten(...words)).toEqual([words[0], words.at(-1), ...words.slice(1, -1)]);
});

test.each([
  [["record", "--video", "synthetic", "out.webm"]],
  [["record", "out.webm", "--video", "synthetic"]],
  [["record", "out.webm", "--screen"]],
  [["record", "--screen=1280x720", "out.webm"]],
  [["record", "--json", "out.webm"]],
  [["record", "--no-audio", "out.webm"]],
  [["record", "--duration", "5s"]],
  [["record", "--video"]],
  [["record"]],
  [["devices", "--why", "{}"]],
  [["permission", "list", "--app", "./server.js"]],
  [["capture", "--screen", "out.webm"]],
  [[]],
])("%j stays as it is", (words) => {
  expect(rewritten(...words)).toEqual(words);
});
