import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

interface CorpusDescription {
  /** Debian's release that serves the source package. */
  readonly distribution: string;
  /** Firefox's major version, whose web-platform-tests the expectations are written for. */
  readonly release: string;
  /** Folders and files that are run. */
  readonly run: readonly string[];
  /** Folders in them that hold no tests. */
  readonly supportFolders: readonly string[];
  /** Folders that are unpacked. */
  readonly folders: readonly string[];
  /** Files without which a copy is broken. */
  readonly mustHave: readonly string[];
}

/** What is taken from web-platform-tests, and from which release of it. */
export const corpus = JSON.parse(
  readFileSync(new URL("../corpus.json", import.meta.url), "utf8"),
) as CorpusDescription;

/** Where `npm run wpt:checkout` keeps this machine's copy. */
export function cachedCorpus(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(cache, "usermedia", `wpt-firefox-esr-${corpus.release}`);
}

/** The folder of web-platform-tests on this machine, if there is one. */
export function findCorpus(): string | undefined {
  const folder = process.env["WPT_DIR"] || cachedCorpus();
  return existsSync(join(folder, "resources/testharness.js")) ? folder : undefined;
}

/** A test as a browser opens it. */
export interface Test {
  /** Path and query: `/mediacapture-streams/GUM-api.https.html` */
  readonly url: string;
  /** The test's page without the query. */
  readonly path: string;
  /** The query with its `?`, or `""`. */
  readonly variant: string;
  /** It asked for the longer timeout. */
  readonly long: boolean;
}

/** Every test of the folders that are run, in order. */
export function listTests(folder: string): Test[] {
  return corpus.run.flatMap((name) => [...testsUnder(folder, name)]);
}

function* testsUnder(folder: string, name: string): Generator<Test> {
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

function* testsOf(folder: string, name: string): Generator<Test> {
  const source = readFileSync(join(folder, name), "utf8");
  const pages = pagesOf(name, source);
  const long =
    /name=["']?timeout["']?\s+content=["']?long/.test(source) ||
    /^\/\/ META: timeout=long/m.test(source);
  const variants = [
    ...source.matchAll(/<meta\s+name=["']?variant["']?\s+content=(?:"([^"]*)"|'([^']*)')/g),
    ...source.matchAll(/^\/\/ META: variant=(.*)$/gm),
  ].map(([, first, second]) => first ?? second ?? "");
  for (const path of pages) {
    for (const variant of variants.length > 0 ? variants : [""]) {
      yield { url: path + variant, path, variant, long };
    }
  }
}

/** The pages of a test file: none for a helper, one for each kind of global for an `.any.js`. */
function pagesOf(name: string, source: string): string[] {
  const [, script, kind] = /^(.*\.(any|window|worker))\.js$/.exec(name) ?? [];
  if (kind === "any") {
    const scopes = /^\/\/ META: global=(.*)$/m.exec(source)?.[1] ?? "window,dedicatedworker";
    const inWindow = /\bwindow\b/.test(scopes) ? [`/${script}.html`] : [];
    return /worker\b/.test(scopes) ? [...inWindow, `/${script}.worker.html`] : inWindow;
  }
  if (script !== undefined) return [`/${script}.html`];
  const isTest = /src=["']?\/resources\/testharness\.js/.test(source) && !/-manual\./.test(name);
  return name.endsWith(".html") && isTest ? [`/${name}`] : [];
}
