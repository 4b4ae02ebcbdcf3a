// Bundles what runs in a page of a real browser: `node-usermedia/testing/page`, a script, and the
// modules `node-usermedia/testing/browser` and `node-usermedia/testing/vitest-browser`.
import { dirname } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { BUNDLED_SPEEX } from "./bundled-speex.mjs";

const IN_PLACE_OF_NODE = "src/testing/page/in-place-of-node.ts";

/** Parts that a page never reaches, such as recording, are left out with what they import. */
const forPages = {
  name: "for-pages",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(node:|mediabunny$|valibot$|node-av$)/ }, ({ path }) => ({
      path,
      namespace: "absent",
    }));
    onLoad({ filter: /load-speex\.ts$/ }, ({ path }) => ({
      contents: BUNDLED_SPEEX,
      resolveDir: dirname(path),
    }));
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** The setup file has the kit from the module beside it, so that tests get the same. */
const kitBeside = {
  name: "kit-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/browser\.ts$/ }, ({ importer }) =>
      importer.endsWith("vitest-browser.ts")
        ? { path: "./testing-browser.js", external: true }
        : undefined,
    );
  },
};

export async function buildTestingPage(outfile = "dist/entries/testing-page.cjs") {
  await bundle({ entryPoints: ["src/testing/page/index.ts"], outfile, format: "iife" });
  const folder = dirname(outfile);
  await bundle({
    entryPoints: {
      "testing-browser": "src/testing/page/browser.ts",
      "testing-vitest-browser": "src/testing/page/vitest-browser.ts",
    },
    outdir: folder,
    format: "esm",
    external: ["vitest"],
  });
}

async function bundle(options) {
  await build({
    ...options,
    bundle: true,
    platform: "browser",
    target: ["es2022"],
    minifyWhitespace: true,
    minifySyntax: true,
    define: { "process.getBuiltinModule": "getBuiltinModule" },
    inject: ["src/testing/page/no-shared-memory.ts", IN_PLACE_OF_NODE],
    loader: { ".wasm": "binary" },
    plugins: [kitBeside, forPages],
    logLevel: "warning",
  });
}

if (process.argv[1] === import.meta.filename) await buildTestingPage();
