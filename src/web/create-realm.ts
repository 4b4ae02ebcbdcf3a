import { exposeInterfaces } from "../webidl/expose-interfaces.ts";
import type { Interface } from "../webidl/install-members.ts";
import type { InterfaceClass } from "../webidl/intrinsics.ts";
import { interfaces } from "./interfaces.ts";
import { nodeRealm } from "./realm/realm.ts";
import type { Realm, RealmOptions } from "./realm/realm.ts";

/**
 * A realm with the interfaces exposed in it. With Node's own `EventTarget`, `Event` and
 * `DOMException` they are the exported classes; with a window's, they are made anew for it.
 *
 * @param options - what differs from Node
 * @param others - interfaces that only this realm has, such as a window's canvas tracks
 */
export function createRealm(
  options: Partial<RealmOptions> = {},
  others: readonly Interface[] = [],
): Realm {
  const merged = { ...nodeRealm, ...options };
  // Not compared with the globals: a test environment may have put a window's in their place.
  const isNode =
    merged.EventTarget === nodeRealm.EventTarget &&
    merged.Event === nodeRealm.Event &&
    merged.DOMException === nodeRealm.DOMException;
  return isNode ? merged : exposeInterfaces(merged, [...interfaces, ...others]);
}

/** The constructors that the realm's global object has, by name. */
export function interfacesOf(
  realm: Realm,
  others: readonly Interface[] = [],
): Readonly<Record<string, InterfaceClass>> {
  const entries = [...interfaces, ...others].flatMap(
    ({ definition: { brand, class: own, secureContext } }) =>
      secureContext && !realm.isSecureContext
        ? []
        : [[brand.name, realm.constructors.get(brand) ?? own] as const],
  );
  return Object.fromEntries(entries);
}
