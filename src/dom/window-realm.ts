import { realImmediate } from "../engine/clock/real-immediate.ts";
import type { RealmOptions } from "../web/realm/realm.ts";
import { nodeIntrinsics } from "../webidl/intrinsics.ts";
import type { Intrinsics } from "../webidl/intrinsics.ts";
import type { DomElement, DomWindow } from "./dom-window.ts";
import type { PermissionsPolicy } from "./permissions-policy.ts";
import { dispatchTrusted } from "./trusted-event.ts";

/**
 * A window as the realm that the interfaces are exposed in: its built-ins, and its document's state.
 */
export function windowRealm(window: DomWindow, policy: PermissionsPolicy): RealmOptions {
  return {
    ...intrinsicsOf(window),
    ...(window.ErrorEvent ? { ErrorEvent: window.ErrorEvent } : {}),
    isSecureContext: window.isSecureContext ?? true,
    listsPermittedDevices: false,
    origin: window.location.origin,
    isFullyActive: () => isFullyActive(window),
    isAllowedToUse: (feature) => policy.allows(feature),
    // A window without a screen counts as seen and focused.
    whenInView: () => Promise.resolve(),
    whenFocused: () => Promise.resolve(),
    hasTransientActivation: () => hasTransientActivation(window.navigator),
    queueTask: (steps) => {
      realImmediate(() => {
        if (!window.closed) steps();
      });
    },
    fireEvent: dispatchTrusted,
    ...(window.Blob && { Blob: window.Blob }),
    reportException(error) {
      window.setTimeout(() => {
        throw error;
      }, 0);
    },
  };
}

function intrinsicsOf(window: DomWindow): Intrinsics {
  return {
    Object: window.Object ?? nodeIntrinsics.Object,
    Function: window.Function ?? nodeIntrinsics.Function,
    Array: window.Array ?? nodeIntrinsics.Array,
    Promise: window.Promise ?? nodeIntrinsics.Promise,
    TypeError: window.TypeError ?? nodeIntrinsics.TypeError,
    Number: window.Number ?? nodeIntrinsics.Number,
    String: window.String ?? nodeIntrinsics.String,
    EventTarget: window.EventTarget,
    Event: window.Event,
    DOMException: window.DOMException,
  };
}

/** @see https://html.spec.whatwg.org/multipage/document-sequences.html#fully-active */
function isFullyActive(window: DomWindow): boolean {
  // A closed window of jsdom has no document, and doesn't say `closed`.
  if (window.closed || !window.document) return false;
  const frame = window.frameElement as DomElement | null;
  if (!frame) return window.parent === window || window.parent == null;
  const parent = frame.ownerDocument.defaultView as DomWindow | null;
  return frame.isConnected && parent !== null && isFullyActive(parent);
}

/** True where the window doesn't keep track of gestures. */
function hasTransientActivation(navigator: { userActivation?: { isActive: boolean } }): boolean {
  return navigator.userActivation?.isActive ?? true;
}
