import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { harnessReport, testdriverVendor } from "./page-scripts.ts";
import { substitute } from "./substitute.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".idl": "text/plain; charset=utf-8",
  ".css": "text/css",
  ".png": "image/png",
  ".webm": "video/webm",
  ".mp4": "video/mp4",
  ".oga": "audio/ogg",
};

/** Where the server finds files under other addresses. */
const MOVED: Readonly<Record<string, string>> = {
  "/resources/WebIDLParser.js": "/resources/webidl2/lib/webidl2.js",
};

/** Scripts that are the runner's own. */
const OWN: Readonly<Record<string, string>> = {
  "/resources/testharnessreport.js": harnessReport,
  "/resources/testdriver-vendor.js": testdriverVendor,
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type Respond = (href: string) => Answer;

/**
 * Answers requests as the server of web-platform-tests does: files, their `.headers`, `.sub.`
 * substitution, and the pages around `.any.js`, `.window.js` and `.worker.js`. Two scripts are ours:
 * the one that reports results, and the one that drives permissions and user gestures.
 *
 * @param corpus - the folder of web-platform-tests
 */
export function createResponder(corpus: string): Respond {
  return (href) => {
    const url = new URL(href);
    const path = decodeURIComponent(url.pathname);
    if (path === SRCDOC) return answer(url.searchParams.get("content") ?? "", ".html");
    if (path === POLICY_ECHO) return policyEcho(url);
    const own = OWN[path];
    if (own !== undefined) return answer(own, ".js");
    const wrapper = wrapperOf(corpus, path, url);
    if (wrapper !== undefined) return answer(wrapper, ".html");
    const workerScript = workerScriptOf(corpus, path);
    if (workerScript !== undefined) return answer(workerScript, ".js");
    const file = join(corpus, MOVED[path] ?? path);
    if (path.includes("..") || path.endsWith("/") || !existsSync(file)) return NOT_FOUND;
    const body = readFileSync(file);
    const isTemplate = /\.sub\./.test(path) || url.searchParams.get("pipe") === "sub";
    const content = isTemplate ? substitute(body.toString(), url) : body;
    return answer(content, extname(path), headersOf(file, url));
  };
}

/** Answers with the page that it is given: a frame's `srcdoc`. */
export const SRCDOC = "/__srcdoc";

/** A script of the server: an empty page with the policy that its address asks for. */
const POLICY_ECHO = "/content-security-policy/support/echo-policy.py";

function policyEcho({ searchParams }: URL): Answer {
  const policy = searchParams.get("policy") ?? "";
  return answer("<!doctype html>", ".html", { "content-security-policy": policy });
}

const NOT_FOUND: Answer = { status: 404, headers: {}, body: Buffer.of() };

function answer(body: Buffer | string, extension: string, headers = {}): Answer {
  const type = TYPES[extension] ?? "application/octet-stream";
  return { status: 200, headers: { "content-type": type, ...headers }, body: Buffer.from(body) };
}

function headersOf(file: string, url: URL): Record<string, string> {
  const plain = `${file}.headers`;
  const template = `${file}.sub.headers`;
  const text = existsSync(plain)
    ? readFileSync(plain, "utf8")
    : existsSync(template)
      ? substitute(readFileSync(template, "utf8"), url)
      : "";
  const lines = text.split("\n").map((line) => /^([^:]+):(.*)$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((match) => (match ? [[match[1]?.trim().toLowerCase(), match[2]?.trim()]] : [])),
  ) as Record<string, string>;
}

/** The page that runs a script test, or nothing where the path is no such page. */
function wrapperOf(corpus: string, path: string, url: URL): string | undefined {
  const [, name, kind, inWorker] = /^(.*?)\.(any|window|worker)(\.worker)?\.html$/.exec(path) ?? [];
  const script = `${name}.${kind}.js`;
  if (name === undefined || !existsSync(join(corpus, script))) return undefined;
  if (kind === "worker" || inWorker) {
    const worker = JSON.stringify((inWorker ? `${name}.any.worker.js` : script) + url.search);
    return page(`fetch_tests_from_worker(new Worker(${worker}));`, []);
  }
  const source = readFileSync(join(corpus, script), "utf8");
  const long = /^\/\/ META: timeout=long/m.test(source);
  return page(SCOPE, [...scriptsOf(source), script], long);
}

/** What a worker runs of an `.any.js` test, or nothing where the path is no such script. */
function workerScriptOf(corpus: string, path: string): string | undefined {
  const script = /^(.*\.any)\.worker\.js$/.exec(path)?.[1]?.concat(".js");
  if (script === undefined || !existsSync(join(corpus, script))) return undefined;
  const source = readFileSync(join(corpus, script), "utf8");
  const scripts = ["/resources/testharness.js", ...scriptsOf(source), script];
  const imports = scripts.map((src) => `importScripts(${JSON.stringify(src)});`);
  return [WORKER_SCOPE, ...imports, "done();"].join("\n");
}

function scriptsOf(source: string): string[] {
  return [...source.matchAll(/^\/\/ META: script=(.*)$/gm)].map(([, src = ""]) => src);
}

const SCOPE =
  "self.GLOBAL = { isWindow: () => true, isWorker: () => false, isShadowRealm: () => false };";

const WORKER_SCOPE =
  "self.GLOBAL = { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false };";

function page(inline: string, scripts: readonly string[], long = false): string {
  const tags = scripts.map((src) => `<script src="${src}"></script>`).join("\n");
  return `<!doctype html>
<meta charset=utf-8>
${long ? '<meta name="timeout" content="long">' : ""}
<script src="/resources/testharness.js"></script>
<script src="/resources/testharnessreport.js"></script>
<div id=log></div>
<script>${inline}</script>
${tags}`;
}
