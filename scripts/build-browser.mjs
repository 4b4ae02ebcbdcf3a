// Bundles the browser's shim: an ES module (bundlers, CDNs) and one file for a <script>.
import { build } from "esbuild";
import process from "node:process";

/** Where the entry is, and the two files made of it. */
export const browserFiles = { module: "usermedia.js", script: "usermedia.global.js" };

/** Writes both files into `directory`. */
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
    entryPoints: ["src/browser/global.ts"],
    format: "iife",
    outfile: `${directory}/${browserFiles.script}`,
  });
}

if (process.argv[1] === import.meta.filename) await buildBrowser("dist/browser");
