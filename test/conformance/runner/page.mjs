import { JSDOM, VirtualConsole, requestInterceptor } from "jsdom";
import { addBrowserParts } from "./browser-parts.mjs";
import { HOST, PORT } from "./substitute.mjs";

/**
 * @typedef {object} PageOptions
 * @property {(url: string) => import("./respond.mjs").Answer} respond
 * @property {(window: object, context: { policy: string }) => void} install - what the pages' windows are given
 * @property {(action: string, parameters: object, window: object) => Promise<void>} drive
 * @property {(results: object) => void} report
 * @property {(line: string) => void} log - for what scripts print and throw
 */

/**
 * Opens a test in a window of its own, and its frames in theirs, each with `install` done before its
 * first script runs.
 *
 * @param {string} url - path and query
 * @param {PageOptions} options
 * @returns {JSDOM}
 */
export function openPage(url, options) {
  const address = `https://${HOST}:${PORT}${url}`;
  const { body, headers, status } = options.respond(address);
  if (status !== 200) throw new Error(`${url} is not in the corpus`);
  const prepare = preparer(options);
  return new JSDOM(body.toString(), {
    url: address,
    runScripts: "dangerously",
    pretendToBeVisual: true,
    virtualConsole: consoleInto(options.log),
    resources: {
      interceptors: [
        requestInterceptor((request, { element }) => serve(options, request, element)),
      ],
    },
    beforeParse: (window) => prepare(window, policyOf(headers)),
  });
}

function serve({ respond }, request, element) {
  const { body, headers, status } = respond(request.url);
  const isFrame = element?.localName === "iframe" && headers["content-type"]?.includes("html");
  const policy = JSON.stringify(policyOf(headers));
  const first = `<script>top.__usermediaPrepare(window, ${policy}); document.currentScript.remove();</script>`;
  return new Response(isFrame ? withFirstScript(body.toString(), first) : body, {
    status,
    headers,
  });
}

/** The script must not put the document into quirks mode, so it follows the doctype. */
function withFirstScript(html, script) {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
  return doctype + script + html.slice(doctype.length);
}

function policyOf(headers) {
  return headers["permissions-policy"] ?? "";
}

/** Prepares each window once. */
function preparer(options) {
  const prepared = new WeakSet();
  const prepare = (window, policy = "") => {
    if (prepared.has(window)) return;
    prepared.add(window);
    addBrowserParts(window, options.respond);
    hide(window, "__usermediaReport", (json) => options.report(JSON.parse(json)));
    hide(window, "__usermediaDrive", (action, json) =>
      options.drive(action, JSON.parse(json), window),
    );
    hide(window, "__usermediaPrepare", prepare);
    prepareEmptyFrames(window, prepare);
    options.install(window, { policy });
  };
  return prepare;
}

/** Frames without a document of their own run no first script: they are prepared when they are reached for. */
function prepareEmptyFrames(window, prepare) {
  const { prototype } = window.HTMLIFrameElement;
  const original = Object.getOwnPropertyDescriptor(prototype, "contentWindow").get;
  Object.defineProperty(prototype, "contentWindow", {
    configurable: true,
    enumerable: true,
    get() {
      const inner = original.call(this);
      const src = this.getAttribute("src");
      if (inner && (!src || src === "about:blank")) prepare(inner);
      return inner;
    },
  });
}

function hide(window, name, value) {
  Object.defineProperty(window, name, { value, configurable: true, writable: true });
}

function consoleInto(log) {
  const virtualConsole = new VirtualConsole();
  for (const level of ["error", "warn", "log", "info", "debug"]) {
    virtualConsole.on(level, (...values) => log(values.map(String).join(" ")));
  }
  virtualConsole.on("jsdomError", (error) => log(`${error.message}\n${error.cause?.stack ?? ""}`));
  return virtualConsole;
}
