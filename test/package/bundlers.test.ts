import { execFile } from "node:child_process";
import { copyFile, cp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { noteCompatibility } from "../support/compatibility.ts";
import { fromNpm } from "../support/from-npm.ts";
import { packedPackage, RECORDING_PROGRAM, SYNTHETIC } from "../support/packed-package.ts";

const run = promisify(execFile);
const packed = packedPackage();
let folder: string;
let modules: string;

/** The same program for bundlers whose output is CommonJS, which has no top-level await. */
const COMMONJS_PROGRAM = `(async () => {
${RECORDING_PROGRAM.replace("import { MediaRecorder, navigator } from", "const { MediaRecorder, navigator } = await import(").replace('"node-usermedia";', '"node-usermedia");')}
})();`;

const VITE_CONFIG = `export default {
  logLevel: "error",
  ssr: { noExternal: true },
  build: {
    ssr: "program.mjs",
    outDir: "vite",
    rollupOptions: { output: { entryFileNames: "server.mjs" } },
  },
};`;

const ROLLUP_CONFIG = `import resolve from "@rollup/plugin-node-resolve";
export default {
  input: "program.mjs",
  output: { dir: "rollup", entryFileNames: "server.mjs", chunkFileNames: "[name].mjs" },
  plugins: [resolve({ preferBuiltins: true, exportConditions: ["node"] })],
};`;

const ROLLDOWN_CONFIG = `export default {
  input: "program.mjs",
  platform: "node",
  output: { dir: "rolldown", entryFileNames: "server.mjs", chunkFileNames: "[name].mjs" },
};`;

const WEBPACK_CONFIG = `const common = {
  mode: "production",
  optimization: { minimize: false },
  target: "node20",
  stats: "errors-warnings",
};
module.exports = [
  {
    ...common,
    entry: "./program.mjs",
    experiments: { outputModule: true },
    output: { path: __dirname + "/webpack", filename: "server.mjs", module: true },
  },
  {
    ...common,
    entry: "./program.cjs",
    output: { path: __dirname + "/webpack-cjs", filename: "server.cjs" },
  },
];`;

beforeAll(async () => {
  modules = await fromNpm({
    esbuild: "0.28",
    rollup: "4",
    "@rollup/plugin-node-resolve": "16",
    rolldown: "1",
    vite: "7",
    webpack: "5",
    "webpack-cli": "7",
  });
  folder = await packed.folder("bundled");
  const install = ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", [...install, packed.tarball], { cwd: folder });
  // Installed apart, and found from here as if they were this program's.
  for (const name of ["@rollup", "webpack"]) {
    await symlink(join(modules, name), join(folder, "node_modules", name));
  }
  await writeFile(join(folder, "program.mjs"), RECORDING_PROGRAM);
  await writeFile(join(folder, "program.cjs"), COMMONJS_PROGRAM);
  await writeFile(join(folder, "vite.config.mjs"), VITE_CONFIG);
  await writeFile(join(folder, "rollup.config.mjs"), ROLLUP_CONFIG);
  await writeFile(join(folder, "rolldown.config.mjs"), ROLLDOWN_CONFIG);
  await writeFile(join(folder, "webpack.config.cjs"), WEBPACK_CONFIG);
});

const esbuild = ["--bundle", "--platform=node", "--log-level=warning"];

describe.each([
  [
    "esbuild",
    "esbuild/bin/esbuild",
    ["program.mjs", "--format=esm", "--outfile=esbuild/server.mjs", ...esbuild],
  ],
  [
    "esbuild, CommonJS",
    "esbuild/bin/esbuild",
    ["program.cjs", "--format=cjs", "--outfile=esbuild-cjs/server.cjs", ...esbuild],
  ],
  ["Rollup", "rollup/dist/bin/rollup", ["-c", "--silent"]],
  ["Rolldown", "rolldown/bin/cli.mjs", ["-c", "rolldown.config.mjs", "--log-level", "silent"]],
  ["Vite, SSR with noExternal", "vite/bin/vite.js", ["build"]],
  ["webpack", "webpack-cli/bin/cli.js", ["-c", "webpack.config.cjs"]],
] as const)("%s", (name, script, args) => {
  test("builds a program with the package in it, without a warning, and the bundle records", async () => {
    const built = await run(process.execPath, [join(modules, script), ...args], { cwd: folder });
    expect(built.stdout + built.stderr).not.toMatch(/warning|error/i);
    for (const bundle of bundlesOf(name)) {
      const env = { ...process.env, ...SYNTHETIC };
      const { stdout } = await run(process.execPath, [bundle], { cwd: folder, env });
      expect(stdout.trim()).toBe("recorded");
    }
    noteCompatibility("Bundlers", name, "a bundle with the package in it recorded");
  });
});

describe("A bundle that was deployed without node_modules", () => {
  test("says what to do, and records with the capture process copied beside it", async () => {
    const alone = await packed.folder("alone");
    const args = ["program.mjs", "--format=esm", `--outfile=${alone}/server.mjs`, ...esbuild];
    await run(process.execPath, [join(modules, "esbuild/bin/esbuild"), ...args], { cwd: folder });
    const env = { ...process.env, ...SYNTHETIC };
    const failed = run(process.execPath, [join(alone, "server.mjs")], { cwd: alone, env });
    await expect(failed).rejects.toThrow(/NotSupportedError.*docs\/bundlers\.md/s);

    const entries = join(folder, "node_modules/node-usermedia/dist/entries");
    await copyFile(join(entries, "capture-process.js"), join(alone, "capture-process.js"));
    await cp(join(folder, "node_modules/@seydx"), join(alone, "node_modules/@seydx"), {
      recursive: true,
    });
    const copied = await run(process.execPath, [join(alone, "server.mjs")], { cwd: alone, env });
    expect(copied.stdout.trim()).toBe("recorded");
    await rm(alone, { recursive: true });
  });
});

function bundlesOf(name: string): string[] {
  switch (name) {
    case "webpack":
      return ["webpack/server.mjs", "webpack-cjs/server.cjs"];
    case "esbuild, CommonJS":
      return ["esbuild-cjs/server.cjs"];
    default:
      return [`${(name.split(",")[0] ?? "").toLowerCase()}/server.mjs`];
  }
}
