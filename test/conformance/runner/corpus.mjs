import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is taken from web-platform-tests, and from which release of it. */
export const corpus = JSON.parse(
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../corpus.json"), "utf8"),
);

/** @returns {string} where `npm run wpt:checkout` keeps this machine's copy */
export function cachedCorpus() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "usermedia", `wpt-firefox-esr-${corpus.release}`);
}

/** @returns {string | undefined} the folder of web-platform-tests on this machine */
export function findCorpus() {
  const folder = process.env.WPT_DIR || cachedCorpus();
  return existsSync(join(folder, "resources/testharness.js")) ? folder : undefined;
}

/**
 * A test as a browser opens it.
 * @typedef {object} Test
 * @property {string} url - path and query: `/mediacapture-streams/GUM-api.https.html`
 * @property {string} path - the test's page without the query
 * @property {string} variant - the query with its `?`, or `""`
 * @property {boolean} long - it asked for the longer timeout
 */

/**
 * Every test of the folders that are run, in order.
 * @param {string} folder - the corpus
 * @returns {Test[]}
 */
export function listTests(folder) {
  return corpus.run.flatMap((name) => [...testsUnder(folder, name)]);
}

function* testsUnder(folder, name) {
  if (/\.(html|js)$/.test(name)) {
    yield* testsOf(folder, name);
    return;
  }
  const entries = readdirSync(join(folder, name), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (corpus.supportFolders.includes(entry.name)) continue;
    const path = `${name}/${entry.name}`;
    if (entry.isDirectory()) yield* testsUnder(folder, path);
    else if (/\.(html|js)$/.test(entry.name)) yield* testsOf(folder, path);
  }
}

function* testsOf(folder, name) {
  const source = readFileSync(join(folder, name), "utf8");
  const page = pageOf(name, source);
  if (!page) return;
  const long = /(?:name=["']?timeout["']?\s+content=["']?long|META:\s*timeout=long)/.test(source);
  const variants = [
    ...source.matchAll(/<meta\s+name=["']?variant["']?\s+content=(?:"([^"]*)"|'([^']*)')/g),
    ...source.matchAll(/^\/\/ META: variant=(.*)$/gm),
  ].map((match) => match[1] ?? match[2] ?? "");
  for (const variant of variants.length > 0 ? variants : [""]) {
    yield { url: page + variant, path: page, variant, long };
  }
}

/** The page of a test file, or nothing for a helper. */
function pageOf(name, source) {
  const generated = /^(.*\.(?:any|window|worker))\.js$/.exec(name);
  if (generated) return `/${generated[1]}.html`;
  if (!name.endsWith(".html")) return undefined;
  return /src=["']?\/resources\/testharness\.js/.test(source) && !/-manual\./.test(name)
    ? `/${name}`
    : undefined;
}
