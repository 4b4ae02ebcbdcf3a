import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

interface Manifest {
  license: string;
  dependencies?: Record<string, string>;
  optionalDependencies: Record<string, string>;
  scripts: Record<string, string>;
}

const readManifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, "utf8")) as Manifest;

test("SECURITY.md lists every dependency, and what is bundled, with its licence", async () => {
  const { dependencies, optionalDependencies } = await readManifest("package.json");
  const [, section = ""] = (await readFile("SECURITY.md", "utf8")).split("## Dependencies");
  const listed = [
    ...section.matchAll(/^\| (\S+)(?: \(optional\))? \| ([^|;]+?)(?:;[^|]*)? \| [^|]+\|$/gm),
  ]
    .map(([, name, licence]) => [name, licence])
    .filter(([name]) => name !== "dependency" && name !== "bundled" && name !== "---");

  const files = await readdir("dist/entries");
  const bundled = files.flatMap((name) => /^(.+)\.LICENSE\.md$/.exec(name)?.slice(1) ?? []);
  const dependenciesOfUsers = Object.keys({ ...dependencies, ...optionalDependencies });
  const names = new Set([
    ...dependenciesOfUsers.map((name) =>
      name.replace(/^(@seydx\/node-av|@koromix\/koffi)-.*/, "$1-*"),
    ),
    ...bundled.map((name) => name.replace(/^speex/, "@sapphi-red/speex")),
  ]);
  const installed = await Promise.all(
    [...names].map(async (name) => [name, (await readManifest(manifestOf(name))).license]),
  );
  expect(Object.fromEntries(listed)).toMatchObject(Object.fromEntries(installed));
  expect(listed.map(([name]) => name).toSorted()).toEqual([...names].toSorted());
});

/** Of the binaries for each platform, this machine's stands for all. */
function manifestOf(name: string): string {
  const folder = name.replace("-*", `-${process.platform}-${process.arch}`);
  return `node_modules/${folder}/package.json`;
}

test("the package runs no script when it is installed", async () => {
  const { scripts } = await readManifest("package.json");
  expect(
    Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
  ).toEqual([]);
});
