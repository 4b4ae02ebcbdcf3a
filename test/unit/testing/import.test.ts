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

/** The names of the files, without their hashes. */
const filesOf = (loaded: readonly string[]) =>
  loaded
    .filter((url) => url.startsWith("file:"))
    .map((url) => url.replace(/^.*\/dist\/entries\//, "").replace(/-[\w-]{8}\.js$/, ".js"));

const builtinsOf = (loaded: readonly string[]) =>
  loaded.filter((url) => url.startsWith("node:") && url !== "node:module");

test("importing node-usermedia/testing loads two files and no module of Node's", () => {
  const loaded = loadedBy("node-usermedia/testing");
  expect(filesOf(loaded)).toEqual(["testing.js", "chunks/capture.js"]);
  expect(builtinsOf(loaded)).toEqual([]);
  expect(loaded.filter((url) => url.endsWith(".node"))).toEqual([]);
});

test("importing usermedia loads three files, and nothing that a prompt or an encoder needs", () => {
  const loaded = loadedBy("node-usermedia");
  expect(filesOf(loaded).toSorted()).toEqual([
    "chunks/capture.js",
    "chunks/machine.js",
    "index.js",
  ]);
  expect(builtinsOf(loaded).toSorted()).toEqual([
    "node:fs",
    "node:fs/promises",
    "node:os",
    "node:path",
    "node:stream",
  ]);
  expect(loaded.filter((url) => url.endsWith(".node"))).toEqual([]);
});

test.each(["node-usermedia", "node-usermedia/testing"])(
  "importing %s looks at no global that Node loads when it is looked at, but DOMException",
  (specifier) => {
    const program = `
      const unread = () =>
        Object.entries(Object.getOwnPropertyDescriptors(globalThis))
          .filter(([, { get }]) => get !== undefined)
          .map(([name]) => name);
      const before = unread();
      await import(${JSON.stringify(specifier)});
      const after = unread();
      console.log(JSON.stringify([before.length, before.filter((name) => !after.includes(name))]));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program]);
    const [count, read] = JSON.parse(output.toString()) as [number, string[]];
    expect(count).toBeGreaterThan(10);
    // OverconstrainedError inherits from it.
    expect(read).toEqual(["DOMException"]);
  },
);
