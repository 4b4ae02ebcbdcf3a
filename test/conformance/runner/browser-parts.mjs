/**
 * Gives a jsdom window the parts of a browser that the tests stand on and jsdom lacks. None is what
 * is tested.
 *
 * @param {object} window
 * @param {(url: string) => import("./respond.mjs").Answer} respond
 */
export function addBrowserParts(window, respond) {
  const isSecure = new Set(["https:", "about:"]).has(window.location.protocol);
  define(window, "isSecureContext", isSecure);
  define(window, "crossOriginIsolated", false);
  define(window, "fetch", (input) => fetchInto(window, respond, String(input?.url ?? input)));
  for (const name of NODE_GLOBALS) {
    if (!(name in window)) define(window, name, globalThis[name]);
  }
  window.eval(MISSING_BUILT_INS);
  addUserActivation(window);
}

const NODE_GLOBALS = [
  "structuredClone",
  "ReadableStream",
  "WritableStream",
  "TransformStream",
  "MessageChannel",
  "TextEncoder",
  "TextDecoder",
];

const MISSING_BUILT_INS = `
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
};`;

/** The subset of fetch that the harness and its helpers use. */
function fetchInto(window, respond, input) {
  const { body, status } = respond(new URL(input, window.document.baseURI).href);
  const text = body.toString();
  const settle = (value) => window.Promise.resolve(value);
  return settle({
    ok: status === 200,
    status,
    text: () => settle(text),
    json: () => settle(window.JSON.parse(text)),
    arrayBuffer: () => settle(new window.Uint8Array(Buffer.from(body)).buffer),
  });
}

/** @see https://html.spec.whatwg.org/multipage/interaction.html#the-useractivation-interface */
function addUserActivation(window) {
  const state = { isActive: false, hasBeenActive: false };
  define(window.navigator, "userActivation", state);
}

function define(target, name, value) {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
