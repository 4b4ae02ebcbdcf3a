import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildBrowser } from "../../scripts/build-browser.mjs";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What `exports` gives a browser's program that is CommonJS, run as in a page without any API. */
async function inBrowser(): Promise<Record<string, unknown>> {
  const directory = temporaryFolder();
  await buildBrowser(directory);
  const code = await readFile(join(directory, "usermedia.cjs"), "utf8");
  const module = { exports: {} as Record<string, unknown> };
  runInNewContext(code, { module, exports: module.exports, navigator: {} });
  return module.exports;
}

test("in a browser the package has the names that it has in Node, so that a build never breaks", async () => {
  const names = Object.keys(await import("../../dist/entries/index.js" as string));
  expect(Object.keys(await inBrowser())).toEqual(expect.arrayContaining(names));
});

test("what works in Node alone says so in a browser, when it is called", async () => {
  const { pcm, RecordingFile } = await inBrowser();
  const { open } = RecordingFile as { open: () => unknown };
  expect(pcm as () => unknown).toThrow("pcm of node-usermedia works in Node.js only");
  expect(open).toThrow("RecordingFile.open of node-usermedia works in Node.js only");
});
