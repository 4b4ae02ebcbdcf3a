import type { DOMWindow } from "jsdom";
import { OffscreenCanvas } from "./offscreen-canvas.ts";
import { SRCDOC } from "./respond.ts";
import type { Respond } from "./respond.ts";

/**
 * Gives a jsdom window the parts of a browser that the tests stand on and jsdom lacks. None is what
 * is tested.
 */
export function addBrowserParts(window: DOMWindow, respond: Respond): void {
  const isSecure = window.origin.startsWith("https:");
  define(window, "isSecureContext", isSecure);
  define(window, "crossOriginIsolated", false);
  define(window, "fetch", (input: unknown) => fetchInto(window, respond, String(input)));
  for (const name of NODE_GLOBALS) {
    if (!(name in window)) define(window, name, Reflect.get(globalThis, name));
  }
  window.eval(MISSING_BUILT_INS);
  // https://html.spec.whatwg.org/multipage/interaction.html#the-useractivation-interface
  define(window.navigator, "userActivation", { isActive: false, hasBeenActive: false });
  define(window.Element.prototype, "scrollIntoView", () => {});
  define(window, "OffscreenCanvas", OffscreenCanvas);
  define(window, "getScreenDetails", () => Promise.resolve({ screens: [{ devicePixelRatio: 1 }] }));
  addPolicyMembers(window);
  addFrameAttributes(window);
  belongToWindow(window);
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
function fetchInto(window: DOMWindow, respond: Respond, input: string): Promise<unknown> {
  const { body, status } = respond(new URL(input, window.document.baseURI).href);
  const text = body.toString();
  const settle = (value: unknown): Promise<unknown> => windowPromise(window).resolve(value);
  return settle({
    ok: status === 200,
    status,
    text: () => settle(text),
    json: () => settle(JSON.parse(text)),
    arrayBuffer: () => settle(new Uint8Array(body).buffer),
  });
}

function windowPromise(window: DOMWindow): PromiseConstructor {
  return window.eval("Promise") as PromiseConstructor;
}

/** What jsdom lacks around the permissions policy; the policy itself is a part of what is tested. */
function addPolicyMembers(window: DOMWindow): void {
  define(window.document, "featurePolicy", { features: () => ["camera", "microphone"] });
}

/** Attributes of frames that jsdom doesn't know. A document of `srcdoc` comes from the responder. */
function addFrameAttributes(window: DOMWindow): void {
  const reflect = (name: string, changed?: (frame: HTMLIFrameElement) => void): void => {
    Object.defineProperty(window.HTMLIFrameElement.prototype, name, {
      configurable: true,
      get(this: HTMLIFrameElement) {
        return this.getAttribute(name) ?? "";
      },
      set(this: HTMLIFrameElement, value: unknown) {
        this.setAttribute(name, String(value));
        changed?.(this);
      },
    });
  };
  reflect("allow");
  reflect("srcdoc", (frame) => {
    const content = encodeURIComponent(frame.getAttribute("srcdoc") ?? "");
    frame.src = `${SRCDOC}?content=${content}`;
  });
}

/** jsdom's constructors are functions of Node's realm, where idlharness looks for their errors. */
function belongToWindow(window: DOMWindow): void {
  const functionPrototype = window.eval("Function.prototype") as object;
  for (const name of ["EventTarget", "Event", "DOMException"]) {
    Object.setPrototypeOf(Reflect.get(window, name), functionPrototype);
  }
  // The same for events, which idlharness takes for another realm's otherwise.
  Object.setPrototypeOf(window.Event.prototype, window.eval("Object.prototype") as object);
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
