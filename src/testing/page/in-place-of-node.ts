/**
 * What the bundle for a page has in the place of Node's modules, which are loaded by
 * `process.getBuiltinModule()`, as far as virtual devices use them.
 *
 * @module
 */

/** Runs `callback` as a task. */
function setImmediate(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}

/** Equality of settings, which are plain. */
function isDeepStrictEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Ids that look like a browser's; nothing is secret about virtual devices. */
function createHash(): { update(text: string): { digest(): string } } {
  return { update: (text) => ({ digest: () => digits(text) }) };
}

/** A page has no NODE_DEBUG. */
function debuglog(): () => void {
  return Object.assign(() => undefined, { enabled: false });
}

/** For `process.getBuiltinModule`, whose modules have different names inside. */
export function getBuiltinModule(): object {
  return {
    createHash,
    debuglog,
    isDeepStrictEqual,
    MIMEType,
    randomUUID: () => crypto.randomUUID(),
    setImmediate,
  };
}

/** 64 hexadecimal digits: FNV-1a of the text after each of eight prefixes. */
function digits(text: string): string {
  let result = "";
  for (let part = 0; part < 8; part++) {
    let hash = 0x811c9dc5;
    for (const character of `${part}${text}`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    result += hash.toString(16).padStart(8, "0");
  }
  return result;
}

/** Types of recordings are the browser's matter there. */
function MIMEType(): never {
  throw new TypeError("A recording in a page is made by its browser.");
}
