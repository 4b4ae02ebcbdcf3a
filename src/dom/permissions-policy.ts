import type { PolicyFeature } from "../web/realm/realm.ts";
import type { DomElement, DomWindow } from "./dom-window.ts";

/** What a document may use. */
export interface PermissionsPolicy {
  allows(feature: PolicyFeature): boolean;
}

/** The policies of windows that have one, so that frames can ask their parents. */
const policies = new WeakMap<object, PermissionsPolicy>();

/**
 * The permissions policy of a window: of its response header, its frame's `allow` attribute and its
 * parent. All the features here are allowed to the top-level document and to frames of its origin.
 *
 * @param header - the value of the document's `Permissions-Policy`
 * @see https://w3c.github.io/webappsec-permissions-policy/#algo-is-feature-enabled
 */
export function permissionsPolicy(window: DomWindow, header: string): PermissionsPolicy {
  const { origin } = window.location;
  const inherited = (feature: PolicyFeature): boolean => isInherited(window, origin, feature);
  const declared = parseHeader(header);
  const policy: PermissionsPolicy = {
    allows(feature) {
      const allowlist = declared.get(feature);
      return inherited(feature) && (allowlist === undefined || matches(allowlist, origin, origin));
    },
  };
  policies.set(window, policy);
  return policy;
}

/** @see https://w3c.github.io/webappsec-permissions-policy/#algo-define-inherited-policy-in-container */
function isInherited(window: DomWindow, origin: string, feature: PolicyFeature): boolean {
  const frame = window.frameElement as DomElement | null;
  const parent = frame?.ownerDocument.defaultView as DomWindow | null | undefined;
  if (!frame || !parent) return true;
  if (!(policies.get(parent)?.allows(feature) ?? true)) return false;
  const parentOrigin = parent.location.origin;
  const own = origin === "null" ? parentOrigin : origin;
  const allowlist = parseAllow(frame.getAttribute("allow") ?? "").get(feature);
  return allowlist ? matches(allowlist, own, parentOrigin) : own === parentOrigin;
}

function matches(allowlist: readonly string[], origin: string, self: string): boolean {
  return allowlist.some(
    (entry) => entry === "*" || entry === origin || (entry === "self" && origin === self),
  );
}

/** `camera=(), microphone=(self "https://example.com")` */
function parseHeader(header: string): Map<string, string[]> {
  const directives = header.matchAll(/([\w-]+)\s*=\s*(?:\(([^)]*)\)|([^,\s]+))/g);
  return new Map(
    [...directives].map(([, feature = "", list, single]) => [feature, tokensOf(list ?? single)]),
  );
}

/**
 * `camera 'self'; microphone *`: a feature alone means the origin of the frame's address.
 * @see https://w3c.github.io/webappsec-permissions-policy/#iframe-allow-attribute
 */
function parseAllow(attribute: string): Map<string, string[]> {
  const directives = attribute.split(";").map((text) => text.trim().split(/\s+/));
  return new Map(
    directives.map(([feature = "", ...list]) => [
      feature,
      list.length === 0 ? ["*"] : tokensOf(list.join(" ")),
    ]),
  );
}

function tokensOf(list = ""): string[] {
  const tokens = list.split(/\s+/).filter((token) => token !== "");
  return tokens
    .map((token) => token.replace(/^["']|["']$/g, ""))
    .map((t) => (t === "src" ? "*" : t));
}
