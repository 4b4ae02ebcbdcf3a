import "./canvas-for-jsdom.ts";
import { JSDOM, VirtualConsole, requestInterceptor } from "jsdom";
import type { DOMWindow } from "jsdom";
import { addBrowserParts } from "./browser-parts.ts";
import { keepRemovedFrames } from "./keep-removed-frames.ts";
import type { Answer, Respond } from "./respond.ts";
import type { Result } from "./result.ts";
import { originOf } from "./substitute.ts";

export interface PageOptions {
  readonly respond: Respond;
  /** Gives a window what is tested. `policy` is its `Permissions-Policy` header. */
  install(window: DOMWindow, policy: string): void;
  /** Does what testdriver asks for. */
  drive(action: string, parameters: unknown, window: DOMWindow): Promise<void>;
  report(result: Result): void;
  /** What scripts print and throw. */
  log(line: string): void;
}

/**
 * Opens a test in a window of its own, and its frames in theirs, each with `install` done before its
 * first script runs.
 *
 * @param url - path and query
 */
export function openPage(url: string, options: PageOptions): JSDOM {
  const address = originOf(url) + url;
  const { body, headers, status } = options.respond(address);
  if (status !== 200) throw new Error(`${url} is not in the corpus`);
  const prepare = preparer(options);
  const interceptor = requestInterceptor((request, { element }) =>
    serve(options.respond(request.url), element?.localName === "iframe"),
  );
  return new JSDOM(withLateFrames(body.toString()), {
    url: address,
    runScripts: "dangerously",
    pretendToBeVisual: true,
    virtualConsole: consoleInto((line) => options.log(line)),
    resources: { interceptors: [interceptor] },
    beforeParse: (window) => prepare(window, policyOf(headers)),
  });
}

function serve({ body, headers, status }: Answer, isFrame: boolean): Response {
  const isPage = headers["content-type"]?.includes("html") ?? false;
  if (!isFrame || !isPage) return new Response(new Uint8Array(body), { status, headers });
  const policy = JSON.stringify(policyOf(headers));
  const first = `<script>top.__usermediaPrepare(window, ${policy}); document.currentScript.remove();</script>`;
  return new Response(withFirstScript(body.toString(), first), { status, headers });
}

/** The script must not put the document into quirks mode, so it follows the doctype. */
function withFirstScript(html: string, script: string): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
  return doctype + script + html.slice(doctype.length);
}

/**
 * jsdom loads the frames of the markup before it runs the scripts that follow them, so that these
 * come too late for `load`: here frames get their addresses once the page is parsed.
 */
function withLateFrames(html: string): string {
  const frames = /(<iframe\b[^>]*?\s)src=/gi;
  if (!frames.test(html)) return html;
  return withFirstScript(html.replace(frames, "$1data-late-src="), LATE_FRAMES);
}

const LATE_FRAMES = `<script>
addEventListener("DOMContentLoaded", () => {
  for (const frame of document.querySelectorAll("iframe[data-late-src]")) {
    frame.src = frame.dataset.lateSrc;
    delete frame.dataset.lateSrc;
  }
});
document.currentScript.remove();
</script>`;

function policyOf(headers: Answer["headers"]): string {
  return headers["permissions-policy"] ?? "";
}

type Prepare = (window: DOMWindow, policy?: string) => void;

/** Prepares each window once. */
function preparer(options: PageOptions): Prepare {
  const prepared = new WeakSet<object>();
  const atEnd = new Set<() => void>();
  const prepare: Prepare = (window, policy = "") => {
    if (prepared.has(window)) return;
    prepared.add(window);
    addBrowserParts(window, options.respond);
    keepRemovedFrames(window, atEnd);
    hide(window, "__usermediaReport", (json: string) => options.report(JSON.parse(json) as Result));
    hide(window, "__usermediaDrive", (action: string, json: string) =>
      options.drive(action, JSON.parse(json), window),
    );
    hide(window, "__usermediaPrepare", prepare);
    prepareEmptyFrames(window, prepare);
    options.install(window, policy);
  };
  return prepare;
}

/** Frames without a document of their own run no first script: they are prepared when they are reached for. */
function prepareEmptyFrames(window: DOMWindow, prepare: Prepare): void {
  const { prototype } = window.HTMLIFrameElement;
  const native = Object.getOwnPropertyDescriptor(prototype, "contentWindow");
  Object.defineProperty(prototype, "contentWindow", {
    configurable: true,
    enumerable: true,
    get(this: Element) {
      const inner = native?.get?.call(this) as DOMWindow | null;
      const src = this.getAttribute("src") ?? "";
      if (inner && (src === "" || src === "about:blank")) prepare(inner);
      return inner;
    },
  });
}

function hide(window: DOMWindow, name: string, value: unknown): void {
  Object.defineProperty(window, name, { value, configurable: true, writable: true });
}

function consoleInto(log: (line: string) => void): VirtualConsole {
  const virtualConsole = new VirtualConsole();
  for (const level of ["error", "warn", "log", "info", "debug"] as const) {
    virtualConsole.on(level, (...values: unknown[]) => log(values.map(String).join(" ")));
  }
  virtualConsole.on("jsdomError", (error) => {
    log(`${error.message}\n${(error.cause as Error | undefined)?.stack ?? ""}`);
  });
  return virtualConsole;
}
