import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Everything that a program loads by importing the built entry, as file and built-in URLs. */
function loadedBy(specifier: string): string[] {
  const hooks = `
    export async function load(url, context, next) {
      process._rawDebug("loaded " + url);
      return next(url, context);
    }`;
  const program = `
    import { register } from "node:module";
    register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hooks)}));
    await import(${JSON.stringify(specifier)});
    for (const file of process.report.getReport().sharedObjects) process._rawDebug("loaded " + file);`;
  const args = ["--input-type=module", "-e", `process.stderr.write = () => true;${program}`];
  const output = execFileSync("sh", ["-c", 'exec "$0" "$@" 2>&1', process.execPath, ...args]);
  return [...output.toString().matchAll(/^loaded (.*)$/gm)].map(([, url = ""]) => url);
}

test("importing usermedia/testing loads a few files of the package and nothing else", () => {
  const loaded = loadedBy("usermedia/testing");
  const files = loaded.filter((url) => url.startsWith("file:"));
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThan(20);
  expect(files.filter((url) => !url.includes("/dist/entries/"))).toEqual([]);
  expect(loaded.filter((url) => url.endsWith(".node"))).toEqual([]);
  const heavy = loaded.filter((url) => /child_process|node:http|node:net|node:zlib/.test(url));
  expect(heavy).toEqual([]);
});
