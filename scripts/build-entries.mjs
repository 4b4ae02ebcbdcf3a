// Bundles what the package exports to Node: some files in the place of two hundred, which Node
// would take longer to find than to run. What the entries share stays shared, in chunks.
import { copyFile, readFile, rm } from "node:fs/promises";
import process from "node:process";
import { build } from "esbuild";
import { buildTestingPage } from "./build-testing-page.mjs";

const OUT = "dist/entries";

/** By what they are called in `package.json`. */
const entries = {
  index: "src/index.ts",
  register: "src/register.ts",
  dom: "src/dom/index.ts",
  testing: "src/testing/index.ts",
  "webrtc/werift": "src/webrtc/werift.ts",
  "webrtc/wrtc": "src/webrtc/wrtc.ts",
  "testing-vitest": "src/testing/vitest.ts",
  "testing-vitest-environment": "src/testing/vitest-environment.ts",
  "testing-jest-environment": "src/testing/jest-environment.ts",
  cli: "src/cli/main.ts",
};

/** Dependencies that are taken in, with their licence beside them: of the large ones, what is used. */
const bundled = new Map([
  ["webidl-conversions", "LICENSE.md"],
  ["valibot", "LICENSE.md"],
  ["mediabunny", "LICENSE"],
]);

async function dependencies() {
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

export async function buildEntries() {
  await rm(OUT, { recursive: true, force: true });
  const options = {
    outdir: OUT,
    bundle: true,
    format: "esm",
    platform: "node",
    target: ["node20"],
    // What is small and needed at once is taken in; what is large is imported when it is needed.
    external: (await dependencies()).filter((name) => !bundled.has(name)),
    // Names stay, for stack traces and for those who look; comments and blanks needn't be parsed.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    logLevel: "warning",
  };
  const chunkNames = "chunks/[name]-[hash]";
  await build({ ...options, entryPoints: entries, splitting: true, chunkNames });
  // A process of its own shares nothing, and is started often: one file.
  await build({ ...options, entryPoints: { "capture-process": "src/capture-process/main.ts" } });
  for (const [name, licence] of bundled) {
    await copyFile(`node_modules/${name}/${licence}`, `${OUT}/${name}.LICENSE.md`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await buildEntries();
  await buildTestingPage();
}
