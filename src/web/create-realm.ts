import { exposeInterfaces } from "../webidl/expose-interfaces.ts";
import type { InterfaceClass } from "../webidl/intrinsics.ts";
import { interfaces } from "./interfaces.ts";
import { nodeRealm } from "./realm.ts";
import type { Realm, RealmOptions } from "./realm.ts";

/**
 * A realm with the interfaces exposed in it. With Node's own `EventTarget`, `Event` and
 * `DOMException` they are the exported classes; with a window's, they are made anew for it.
 *
 * @param options - what differs from Node
 */
export function createRealm(options: Partial<RealmOptions> = {}): Realm {
  const merged = { ...nodeRealm, ...options };
  const isNode =
    merged.EventTarget === EventTarget &&
    merged.Event === Event &&
    merged.DOMException === DOMException;
  return isNode ? merged : exposeInterfaces(merged, interfaces);
}

/** The constructors that the realm's global object has, by name. */
export function interfacesOf(realm: Realm): Readonly<Record<string, InterfaceClass>> {
  const entries = interfaces.flatMap(({ definition: { brand, class: own, secureContext } }) =>
    secureContext && !realm.isSecureContext
      ? []
      : [[brand.name, realm.constructors.get(brand) ?? own] as const],
  );
  return Object.fromEntries(entries);
}
