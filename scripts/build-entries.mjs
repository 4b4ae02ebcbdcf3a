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
};

/** Dependencies that are taken in, with their licence beside them. */
const bundled = ["webidl-conversions"];

async function dependencies() {
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

export async function buildEntries() {
  await rm(OUT, { recursive: true, force: true });
  await build({
    entryPoints: entries,
    outdir: OUT,
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: ["node20"],
    // What is small and needed at once is taken in; what is large is imported when it is needed.
    external: (await dependencies()).filter((name) => !bundled.includes(name)),
    // Names stay, for stack traces and for those who look; comments and blanks needn't be parsed.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    logLevel: "warning",
  });
  for (const name of bundled) {
    await copyFile(`node_modules/${name}/LICENSE.md`, `${OUT}/${name}.LICENSE.md`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await buildEntries();
  await buildTestingPage();
}
