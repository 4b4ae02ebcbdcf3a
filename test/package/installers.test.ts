import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { fromNpm } from "../support/from-npm.ts";
import { packedPackage, RECORDING_PROGRAM, SYNTHETIC } from "../support/packed-package.ts";
import { noteCompatibility } from "../support/compatibility.ts";

const run = promisify(execFile);

interface Installer {
  /** As `docs/compatibility.md` names it. */
  readonly name: string;
  /** Which of {@link tools} it is, and its script there. */
  readonly script: string;
  /** Its arguments before the path of the tarball. */
  readonly add: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const tools = {
  npm9: "npm:npm@9",
  "npm10.8": "npm:npm@10.8.2",
  npm11: "npm:npm@11",
  pnpm10: "npm:pnpm@10",
  pnpm12: "npm:pnpm@12",
  yarn: "1",
  "@yarnpkg/cli-dist": "4",
};

const npm = (name: string, tool: string): Installer => ({
  name,
  script: `${tool}/bin/npm-cli.js`,
  add: ["install", "--prefer-offline", "--no-audit", "--no-fund"],
});

const installers: readonly Installer[] = [
  npm("npm 9", "npm9"),
  npm("npm 10.8.2", "npm10.8"),
  npm("npm 11", "npm11"),
  { name: "pnpm 10", script: "pnpm10/bin/pnpm.cjs", add: ["add", "--prefer-offline"] },
  { name: "pnpm 12", script: "pnpm12/bin/pnpm.mjs", add: ["add", "--prefer-offline"] },
  { name: "Yarn 1", script: "yarn/bin/yarn.js", add: ["add", "--prefer-offline"] },
  {
    name: "Yarn 4 with node_modules",
    script: "@yarnpkg/cli-dist/bin/yarn.js",
    add: ["add"],
    env: { YARN_ENABLE_TELEMETRY: "0", YARN_NODE_LINKER: "node-modules" },
  },
];

const packed = packedPackage();
let modules: string;

beforeAll(async () => {
  modules = await fromNpm(tools);
});

describe.each(installers)("$name", (installer) => {
  test("installs the package and nothing but the binary, and a program records", async () => {
    const folder = await packed.folder("installed");
    const { stdout } = await installed(folder, installer);
    expect(stdout).not.toMatch(/ERESOLVE|edgesOut|[Ii]gnored build scripts/);
    await writeFile(join(folder, "program.mjs"), RECORDING_PROGRAM);
    const program = run(process.execPath, ["program.mjs"], { cwd: folder, env: environment() });
    expect((await program).stdout.trim()).toBe("recorded");
    noteCompatibility("Installers", installer.name, "installed, a program recorded");
    await rm(folder, { recursive: true });
  });
});

describe("Yarn 4 with Plug'n'Play", () => {
  test("installs the package, and a program records", async () => {
    const folder = await packed.folder("plug-and-play");
    const yarn = {
      name: "Yarn 4 with Plug'n'Play",
      script: "@yarnpkg/cli-dist/bin/yarn.js",
      add: ["add"],
      env: { YARN_ENABLE_TELEMETRY: "0", YARN_NODE_LINKER: "pnp" },
    };
    await installed(folder, yarn);
    await writeFile(join(folder, "program.mjs"), RECORDING_PROGRAM);
    const { stdout } = await run(
      process.execPath,
      [join(modules, yarn.script), "node", "program.mjs"],
      { cwd: folder, env: environment(yarn.env) },
    );
    expect(stdout.trim()).toBe("recorded");
    noteCompatibility("Installers", yarn.name, "installed, a program recorded");
  });
});

describe("Bun's installer", () => {
  test("installs the package, and a program records", async () => {
    const bun = await fromNpm({ [`@oven/bun-${process.platform}-${process.arch}`]: "1" });
    const folder = await packed.folder("bun");
    const command = join(bun, `@oven/bun-${process.platform}-${process.arch}`, "bin", "bun");
    await run(command, ["add", packed.tarball], { cwd: folder, env: environment() });
    await writeFile(join(folder, "program.mjs"), RECORDING_PROGRAM);
    const program = run(process.execPath, ["program.mjs"], { cwd: folder, env: environment() });
    expect((await program).stdout.trim()).toBe("recorded");
    noteCompatibility("Installers", "Bun's installer", "installed, a program recorded in Node");
  });
});

/** Installs the tarball; gives what the installer said. */
async function installed(folder: string, installer: Installer): Promise<{ stdout: string }> {
  const { add, env, script } = installer;
  const argument = script.startsWith("@yarnpkg")
    ? `node-usermedia@file:${packed.tarball}`
    : script.startsWith("yarn")
      ? `file:${packed.tarball}`
      : packed.tarball;
  const args = [join(modules, script), ...add, argument];
  const { stdout, stderr } = await run(process.execPath, args, {
    cwd: folder,
    env: environment(env),
  });
  return { stdout: stdout + stderr };
}

/** Without what `npm test` sets for its own npm. */
function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return { ...Object.fromEntries(own), ...SYNTHETIC, ...more };
}
