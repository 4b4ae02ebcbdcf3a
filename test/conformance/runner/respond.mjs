import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { substitute } from "./substitute.mjs";
import { harnessReport, testdriverVendor } from "./page-scripts.mjs";

const TYPES = {
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
const MOVED = { "/resources/WebIDLParser.js": "/resources/webidl2/lib/webidl2.js" };

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {Buffer | string} body
 */

/**
 * Answers requests as the server of web-platform-tests does: files, their `.headers`, `.sub.`
 * substitution, and the pages around `.any.js`, `.window.js` and `.worker.js`. Two scripts are ours:
 * the one that reports results, and the one that drives permissions and user gestures.
 *
 * @param {string} corpus - the folder of web-platform-tests
 * @returns {(url: string) => Answer}
 */
export function createResponder(corpus) {
  const own = {
    "/resources/testharnessreport.js": harnessReport,
    "/resources/testdriver-vendor.js": testdriverVendor,
  };
  return (href) => {
    const url = new URL(href);
    const path = decodeURIComponent(url.pathname);
    if (own[path]) return answer(own[path], TYPES[".js"]);
    const wrapper = wrapperOf(corpus, path, url);
    if (wrapper) return answer(wrapper, TYPES[".html"]);
    const file = join(corpus, MOVED[path] ?? path);
    if (path.includes("..") || !existsSync(file) || path.endsWith("/")) {
      return { status: 404, headers: {}, body: "" };
    }
    const body = readFileSync(file);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    const isTemplate = /\.sub\./.test(path) || url.searchParams.get("pipe") === "sub";
    const result = answer(isTemplate ? substitute(body.toString(), url) : body, type);
    Object.assign(result.headers, headersOf(file, url));
    return result;
  };
}

function answer(body, type) {
  return { status: 200, headers: { "content-type": type }, body };
}

function headersOf(file, url) {
  for (const [name, isTemplate] of [
    [`${file}.headers`, false],
    [`${file}.sub.headers`, true],
  ]) {
    if (!existsSync(name)) continue;
    const text = readFileSync(name, "utf8");
    const lines = (isTemplate ? substitute(text, url) : text).split("\n");
    return Object.fromEntries(
      lines
        .filter((line) => line.includes(":"))
        .map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
        }),
    );
  }
  return {};
}

/** The page that runs a script test, or nothing where the path is no such page. */
function wrapperOf(corpus, path, url) {
  const match = /^(.*)\.(any|window|worker)(\.worker)?\.html$/.exec(path);
  if (!match) return undefined;
  const script = `${match[1]}.${match[2]}.js`;
  if (!existsSync(join(corpus, script))) return undefined;
  if (match[2] === "worker" || match[3]) {
    const worker = match[3] ? `${match[1]}.any.worker.js` : script;
    return page(`fetch_tests_from_worker(new Worker(${JSON.stringify(worker + url.search)}));`, []);
  }
  const source = readFileSync(join(corpus, script), "utf8");
  const meta = [...source.matchAll(/^\/\/ META: (\w+)=(.*)$/gm)];
  const scripts = meta.filter(([, key]) => key === "script").map(([, , value]) => value);
  const long = meta.some(([, key, value]) => key === "timeout" && value === "long");
  const self =
    "self.GLOBAL = { isWindow: () => true, isWorker: () => false, isShadowRealm: () => false };";
  return page(self, [...scripts, script], long);
}

function page(inline, scripts, long = false) {
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
