import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { interfacesOf } from "../../src/web/create-realm.ts";
import { nodeRealm } from "../../src/web/realm/realm.ts";

const run = promisify(execFile);
const compilers = resolve("test/types/compilers");

/** What a program of each kind is compiled with. */
const LIBRARIES = {
  "without lib.dom": { lib: ["ES2023", "ESNext.Disposable"], programs: ["node", "globals"] },
  "with lib.dom": {
    lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.Iterable"],
    programs: ["node", "browser"],
  },
};

const RESOLUTIONS = {
  nodenext: { module: "nodenext" },
  node16: { module: "node16" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/**
 * Everything is checked once with each library, TypeScript's own declarations as well. How imports
 * are resolved changes nothing in those: there, the program and this package are checked.
 */
const compilations = Object.entries(LIBRARIES).flatMap(([library, { lib, programs }]) =>
  Object.entries(RESOLUTIONS).map(([resolution, options]) => ({
    name: `${resolution}, ${library}`,
    checks: resolution === "nodenext" ? "all" : "own",
    options: {
      ...options,
      lib,
      target: "es2022",
      types: ["node"],
      strict: true,
      skipLibCheck: false,
      noEmit: true,
    },
    rootNames: ["entries", ...programs].map((program) => `${program}.ts`),
  })),
);

describe("the types, for a program that installed the package", () => {
  let folder: string;

  beforeAll(async () => {
    await installCompilers();
    folder = await mkdtemp(join(tmpdir(), "usermedia-types-"));
    await cp("test/types/programs", folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{"private":true,"type":"module"}');
    await mkdir(join(folder, "node_modules", "@types"), { recursive: true });
    await symlink(resolve("."), join(folder, "node_modules", "node-usermedia"));
    const types = join("node_modules", "@types", "node");
    await symlink(resolve(types), join(folder, types));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.concurrent.each([
    ["5.4", join(compilers, "node_modules/typescript-5.4")],
    ["5.9", join(compilers, "node_modules/typescript-5.9")],
    ["6", resolve("node_modules/typescript")],
  ])(
    "are right in TypeScript %s, by each resolution, with lib.dom and without",
    async (_version, compiler) => {
      const { stdout } = await run(
        process.execPath,
        [resolve("test/support/compile-programs.mjs"), compiler, JSON.stringify(compilations)],
        { cwd: folder, maxBuffer: 2 ** 24 },
      );
      expect(JSON.parse(stdout)).toEqual([]);
    },
  );

  // Its compiler is a program of its own, with nothing to call from JavaScript.
  test.concurrent("are right in TypeScript 7, by each resolution, with lib.dom and without", async () => {
    const tsc = join(compilers, "node_modules/typescript-7/bin/tsc");
    for (const { name, options, rootNames } of compilations) {
      const config = join(folder, "tsconfig.json");
      await writeFile(config, JSON.stringify({ compilerOptions: options, files: rootNames }));
      const compiled = run(process.execPath, [tsc, "-p", config], { cwd: folder });
      const errors = await compiled.then(
        ({ stdout }) => stdout,
        (error: { readonly stdout: string }) => error.stdout,
      );
      expect({ name, errors }).toEqual({ name, errors: "" });
    }
  });
});

test("node-usermedia/register declares every global that it defines, and no other", async () => {
  const declared = [
    ...(await readFile("types/register.d.ts", "utf8")).matchAll(/^ {2}var (\w+):/gm),
  ];
  const defined = [...Object.keys(interfacesOf(nodeRealm)), "Audio", "navigator"];
  expect(declared.map(([, name]) => name).toSorted()).toEqual(defined.toSorted());
});

/** In a folder of their own: each brings a command of the name `tsc`. */
async function installCompilers(): Promise<void> {
  const [installed, wanted] = await Promise.all(
    ["node_modules/.package-lock.json", "package-lock.json"].map((file) =>
      stat(join(compilers, file)).catch(() => undefined),
    ),
  );
  if (installed && wanted && installed.mtimeMs >= wanted.mtimeMs) return;
  await run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: compilers });
}
