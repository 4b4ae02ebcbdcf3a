import type { Intrinsics } from "./intrinsics.ts";

/**
 * What an operation returns, as values of the realm it was called in: promises, arrays and
 * dictionaries of Node's are made anew with the realm's own constructors, so that a page's
 * `instanceof Promise` holds. Platform objects, frozen arrays and primitives pass as they are.
 */
export function toRealm(realm: Intrinsics, value: unknown): unknown {
  if (realm.Promise === Promise || typeof value !== "object" || value === null) return value;
  if (value instanceof Promise) return promiseOf(realm, value);
  if (Array.isArray(value)) {
    if (Object.isFrozen(value)) return value;
    return realm.Array.from(value as readonly unknown[], (element) => toRealm(realm, element));
  }
  return Object.getPrototypeOf(value) === Object.prototype ? dictionaryOf(realm, value) : value;
}

function promiseOf(realm: Intrinsics, promise: Promise<unknown>): Promise<unknown> {
  return new realm.Promise((resolve, reject) => {
    promise.then((value) => resolve(toRealm(realm, value)), reject);
  });
}

function dictionaryOf(realm: Intrinsics, value: object): object {
  const entries = Object.entries(value).map(([key, member]) => [key, toRealm(realm, member)]);
  return Object.assign(new realm.Object(), Object.fromEntries(entries)) as object;
}
