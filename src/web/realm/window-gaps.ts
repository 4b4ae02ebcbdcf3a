/**
 * What programs have as globals and windows of jsdom lack. In Jest's jsdom environment such a window
 * is the global object, of this package's code too: jsdom has no `structuredClone()`, and before its
 * version 22 no `crypto.randomUUID()`.
 *
 * @module
 */

/** A random id, by Node's own `randomUUID()`. */
export function randomId(): string {
  return process.getBuiltinModule("node:crypto").randomUUID();
}

/** A deep copy of a dictionary: objects, arrays and primitive values. */
export function copyDictionary<Dictionary>(dictionary: Dictionary): Dictionary {
  return copyValue(dictionary) as Dictionary;
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyValue(member)]));
}
