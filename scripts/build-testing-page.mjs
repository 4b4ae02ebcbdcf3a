// Bundles `node-usermedia/testing/page`: one script that a page of a real browser runs.
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

export async function buildTestingPage(outfile = "dist/entries/testing-page.cjs") {
  await build({
    entryPoints: ["src/testing/page/index.ts"],
    outfile,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: ["es2022"],
    minifyWhitespace: true,
    minifySyntax: true,
    define: { "process.getBuiltinModule": "getBuiltinModule" },
    inject: ["src/testing/page/no-shared-memory.ts", IN_PLACE_OF_NODE],
    loader: { ".wasm": "binary" },
    plugins: [forPages],
    logLevel: "warning",
  });
}

if (process.argv[1] === import.meta.filename) await buildTestingPage();
