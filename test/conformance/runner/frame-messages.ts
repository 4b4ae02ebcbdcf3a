import type { DOMWindow } from "jsdom";
import type { Realm } from "../../../src/web/realm/realm.ts";
import { cloneMessage, transferListOf } from "./clone-message.ts";

/** The frame that last reached for a window, as in `parent.postMessage()`. */
const lastVisitor = new WeakMap<object, object>();
const realms = new WeakMap<object, Realm>();

/**
 * jsdom's `postMessage()` wants a target origin, copies nothing and doesn't name the sender, whom it
 * can't know. Here it is the frame that read `parent` (or `top`) last, right before the call; for
 * messages to a frame, its parent.
 */
export function addFrameMessages(window: DOMWindow, realm: Realm): void {
  realms.set(window, realm);
  const parent: object = window.parent;
  if (parent !== window) {
    Object.defineProperty(window, "parent", {
      configurable: true,
      get() {
        lastVisitor.set(parent, window);
        return parent;
      },
      set(value: unknown) {
        Object.defineProperty(window, "parent", { value, writable: true });
      },
    });
  }
  const postMessage = (message: unknown, options?: unknown, transfer?: unknown): void => {
    const { location } = window;
    const source = lastVisitor.get(window) ?? (parent === window ? null : parent);
    const from = realms.get(source ?? window) ?? realm;
    const given = transferListOf(typeof options === "string" ? transfer : options);
    const data = cloneMessage(message, given, { source: from, target: realm });
    // A task behind those that are queued already.
    setImmediate(() => {
      if (window.closed) return;
      const event = new window.MessageEvent("message", { data, origin: location.origin });
      Object.defineProperty(event, "source", { value: source });
      window.dispatchEvent(event);
    });
  };
  Object.defineProperty(window, "postMessage", {
    value: postMessage,
    configurable: true,
    writable: true,
  });
}
