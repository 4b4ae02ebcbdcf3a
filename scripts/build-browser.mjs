// Bundles the browser's shim: an ES module (bundlers, CDNs), CommonJS (Jest in
// jsdom) and one file for a <script>.
import { build } from "esbuild";
import { buildCommonJsTypes } from "./build-commonjs-types.mjs";
import process from "node:process";

/** Where the entry is, and the files of it that pages load. */
export const browserFiles = { module: "usermedia.js", script: "usermedia.global.js" };

/** Writes the files into `directory`. */
export async function buildBrowser(directory) {
  const common = {
    bundle: true,
    minify: true,
    target: ["es2022"],
    sourcemap: "external",
    logLevel: "warning",
    tsconfig: "src/browser/tsconfig.json",
  };
  await build({
    ...common,
    entryPoints: ["src/browser/index.ts"],
    format: "esm",
    outfile: `${directory}/${browserFiles.module}`,
  });
  await build({
    ...common,
    entryPoints: ["src/browser/index.ts"],
    format: "cjs",
    outfile: `${directory}/usermedia.cjs`,
  });
  await build({
    ...common,
    entryPoints: ["src/browser/global.ts"],
    format: "iife",
    outfile: `${directory}/${browserFiles.script}`,
  });
}

if (process.argv[1] === import.meta.filename) {
  await buildBrowser("dist/browser");
  const declaredWith = { lib: ["lib.es2023.d.ts", "lib.dom.d.ts"], types: [] };
  await buildCommonJsTypes({ "dist/browser/index": "dist/browser/index.d.ts" }, declaredWith);
}
