// Bundles `usermedia/testing/page`: one script that a page of a real browser runs.
import process from "node:process";
import { build } from "esbuild";

const IN_PLACE_OF_NODE = ["node:timers", "node:util", "node:crypto"];

/** Parts that a page never reaches, such as recording, are left out with what they import. */
const forPages = {
  name: "for-pages",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(node:|mediabunny$|valibot$|node-av$)/ }, ({ path }) =>
      IN_PLACE_OF_NODE.includes(path)
        ? { path: `${process.cwd()}/src/testing/page/in-place-of-node.ts` }
        : { path, namespace: "absent" },
    );
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
    inject: ["src/testing/page/no-shared-memory.ts"],
    plugins: [forPages],
    logLevel: "warning",
  });
}

if (process.argv[1] === import.meta.filename) await buildTestingPage();
