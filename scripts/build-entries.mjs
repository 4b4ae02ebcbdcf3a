// Bundles what the package exports to Node: some files in the place of several hundred, which Node
// would take longer to find than to run. What the entries share stays shared, in chunks.
import { builtinModules as builtinNames } from "node:module";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { rolldown } from "rolldown";
import { BUNDLED_SPEEX } from "./bundled-speex.mjs";
import { buildCommonJsTypes } from "./build-commonjs-types.mjs";
import { buildTestingPage } from "./build-testing-page.mjs";

const OUT = "dist/entries";

/** By what they are called in `package.json`. */
const entries = {
  index: "src/index.ts",
  permissions: "src/permission/index.ts",
  backend: "src/backend.ts",
  register: "src/register.ts",
  dom: "src/dom/index.ts",
  testing: "src/testing/index.ts",
  "webrtc/werift": "src/webrtc/werift.ts",
  "webrtc/wrtc": "src/webrtc/wrtc.ts",
  publish: "src/publish/index.ts",
  "web-audio": "src/web-audio/index.ts",
  "testing-vitest": "src/testing/vitest.ts",
  "testing-jest-environment": "src/testing/jest-environment.ts",
  cli: "src/cli/main.ts",
};

/** Those that are CommonJS too, for what can't `require()` modules, and where their types are. */
const commonJs = {
  index: "dist/index.d.ts",
  permissions: "dist/permission/index.d.ts",
  backend: "dist/backend.d.ts",
  register: "types/register.d.ts",
  dom: "dist/dom/index.d.ts",
  testing: "dist/testing/index.d.ts",
  "webrtc/werift": "dist/webrtc/werift.d.ts",
  "webrtc/wrtc": "dist/webrtc/wrtc.d.ts",
  publish: "dist/publish/index.d.ts",
  "web-audio": "dist/web-audio/index.d.ts",
};

/** Libraries that are taken in, with their licence beside them: of the large ones, what is used. */
const bundled = [
  "@sapphi-red/speex-preprocess-wasm",
  "ansi-regex",
  "commander",
  "dbus-native",
  "fastest-levenshtein",
  "get-east-asian-width",
  "mediabunny",
  "node-av",
  "string-width",
  "strip-ansi",
  "valibot",
  "webidl-conversions",
];

/** What an entry is for, and users have: no peers, as npm 10 then fails to install (decision 0095). */
const frameworks = ["jest-environment-jsdom", "vitest"];

async function dependencies() {
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return [
    ...Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
    ...frameworks,
  ];
}

/** CommonJS that only assigns to `exports`: a bundler's stand-in for `require` is a file more. */
const asModule = {
  name: "as-module",
  transform: {
    filter: { id: /\/node_modules\/webidl-conversions\// },
    handler: (code) => ({
      code: `const exports = {};${code}\nexport default exports;`,
      map: { mappings: "" },
    }),
  },
};

/** The global: to import `node:process` opens its standard streams, which takes Node 6 ms. */
const globalProcess = {
  name: "global-process",
  resolveId: {
    filter: { id: /^node:process$/ },
    handler: () => "\0process",
  },
  load: {
    filter: { id: /^\0process$/ },
    handler: () => "export default globalThis.process;",
  },
};

const BUILTIN_REQUIRE = new RegExp(`\\brequire\\((?='(node:)?(${builtinNames.join("|")})')`, "g");

/** CommonJS that asks for Node's modules, which a module can have without `require`. */
const builtinModules = {
  name: "builtin-modules",
  transform: {
    filter: { id: /\/node_modules\/(commander|dbus-native)\// },
    handler: (code) => ({
      code: code.replaceAll(BUILTIN_REQUIRE, "globalThis.process.getBuiltinModule("),
      map: { mappings: "" },
    }),
  },
};

/**
 * What dbus-native has for others: XML, in which objects describe themselves, which nobody here asks;
 * and the sockets of another runtime.
 */
const partsOfDbus = {
  name: "parts-of-dbus",
  resolveId: { filter: { id: /^(xml2js|\.\/transport-bun)$/ }, handler: () => "\0unused" },
  load: { filter: { id: /^\0unused$/ }, handler: () => "export const connect = () => null;" },
};

const bundledSpeex = {
  name: "bundled-speex",
  load: {
    filter: { id: /\/load-speex\.ts$/ },
    handler: () => ({ code: BUNDLED_SPEEX, moduleType: "ts" }),
  },
  // It looks for its file, though it has what is in it: bundlers of users would look as well.
  transform: {
    filter: { id: /\/speex-preprocess-wasm\/dist\/index\.js$/ },
    handler: (code) => ({
      code: code.replaceAll("import.meta.url", '"file:///"'),
      map: { mappings: "" },
    }),
  },
};

/** What imports the whole kit has it from beside: a chunk for it would be a file more. */
const besideOthers = {
  name: "beside-others",
  resolveId: {
    filter: { id: /^\.\/index\.ts$/ },
    handler: (_id, importer) =>
      importer?.startsWith(resolve("src/testing")) && { id: "./testing.js", external: true },
  },
};

/**
 * The chunk of a module. What `usermedia` and `node-usermedia/testing` both load at once is one file,
 * and what else each of them loads is one more, since a file costs Node as much as twenty
 * kilobytes. The other chunks are as the bundler makes them.
 */
function chunkNames() {
  const loaded = new Map();
  const isLoadedBy = (entry, id, context) => {
    if (!loaded.has(entry)) loaded.set(entry, imported(resolve(entry), context));
    return loaded.get(entry).has(id);
  };
  return (id, context) => {
    if (id.startsWith(resolve("src/testing"))) return null;
    if (isLoadedBy(entries.testing, id, context)) return "capture";
    // An entry that only re-exports would be a chunk of no content beside its own facade.
    if (id === resolve(entries.backend)) return "machine";
    return isLoadedBy(entries.index, id, context) ? "machine" : null;
  };
}

/** The modules that are evaluated before a module. */
function imported(id, context, found = new Set()) {
  if (found.has(id)) return found;
  found.add(id);
  for (const next of context.getModuleInfo(id)?.importedIds ?? []) imported(next, context, found);
  return found;
}

export async function buildEntries() {
  await rm(OUT, { recursive: true, force: true });
  const chunks = { groups: [{ debugName: "by entry", name: chunkNames() }] };
  await bundle(entries, chunks);
  // A process of its own shares nothing, and is started often: one file.
  await bundle({ "capture-process": "src/capture-process/main.ts" }, false);
  await bundle({ "echo-canceller": "src/backends/pulse/echo-canceller-main.ts" }, false);
  const commonJsEntries = Object.keys(commonJs).map((name) => [name, entries[name]]);
  await bundle(Object.fromEntries(commonJsEntries), undefined, "cjs");
  for (const name of bundled) {
    const file = `${OUT}/${name.replace(/^@.*\//, "")}.LICENSE.md`;
    await writeFile(file, await licenceOf(`node_modules/${name}`));
  }
}

/** Of a package without a file for it: what its code says. */
async function licenceOf(folder) {
  const file = (await readdir(folder)).find((name) => /^license/i.test(name));
  if (file !== undefined) return await readFile(`${folder}/${file}`, "utf8");
  const code = await readFile(`${folder}/dist/index.js`, "utf8");
  const texts = code.match(/\/\*!?[^]*?\*\//g)?.filter((text) => /copyright/i.test(text)) ?? [];
  if (texts.length === 0) throw new Error(`${folder} has no licence.`);
  return texts.join("\n\n");
}

/**
 * Whether a module must be loaded even where none of its exports is used. Node's own modules needn't:
 * the bundler's helpers import one, and would be a file that every other loads. Nor do the parts of
 * two libraries: what such a part does when it is loaded, only the parts that are used need.
 */
function hasSideEffects(id) {
  return !id.startsWith("node:") && !/\/node_modules\/(node-av|@sapphi-red)\//.test(id);
}

async function bundle(input, codeSplitting, format = "esm") {
  const external = await dependencies();
  const build = await rolldown({
    input,
    platform: "node",
    external: external.map((name) => new RegExp(`^${name}(/|$)`)),
    moduleTypes: { ".wasm": "binary" },
    treeshake: { moduleSideEffects: hasSideEffects },
    plugins: [asModule, builtinModules, globalProcess, bundledSpeex, besideOthers, partsOfDbus],
  });
  await build.write({
    dir: OUT,
    format,
    ...(format === "cjs"
      ? { entryFileNames: "cjs/[name].cjs", chunkFileNames: "cjs/chunks/[name]-[hash].cjs" }
      : { chunkFileNames: "chunks/[name]-[hash].js" }),
    codeSplitting,
    // Lines and names stay: Node prints the source line of an uncaught error. Comments needn't be parsed.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
    comments: { annotation: false, jsdoc: false, legal: true },
    polyfillRequire: false,
    // The sources are in the package.
    sourcemap: format === "esm",
    sourcemapExcludeSources: true,
  });
}

if (process.argv[1] === import.meta.filename) {
  await buildEntries();
  await buildTestingPage();
  const types = Object.entries(commonJs).map(([name, file]) => [`${OUT}/cjs/${name}`, file]);
  await buildCommonJsTypes(Object.fromEntries(types));
}
