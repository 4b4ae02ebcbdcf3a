import type { InspectOptions } from "node:util";

type Inspect = (value: unknown, options: InspectOptions) => string;

/** Node calls the method of this name for `console.log()` and `util.inspect()`. */
const customInspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * Lets Node's console show an object of an interface by its attributes, which are accessors that it
 * passes over otherwise: `InputDeviceInfo { deviceId: "…", kind: "videoinput", … }`.
 *
 * @param prototype - the interface prototype object, whose members are there already
 */
export function makeInspectable(prototype: object, name: string): void {
  Object.defineProperty(prototype, customInspect, {
    value(this: object, depth: number, options: InspectOptions, inspect: Inspect): string {
      const own = Object.getPrototypeOf(this) as object | null;
      const tag: unknown = Reflect.get(this, Symbol.toStringTag);
      const title = typeof tag === "string" ? tag : name;
      if (depth < 0 || own === null) return `[${title}]`;
      const attributes = Object.fromEntries(attributesOf(this));
      return `${title} ${inspect(attributes, { ...options, depth })}`;
    },
    configurable: true,
    writable: true,
  });
}

/** The attributes of our interfaces, inherited ones first. Handlers that aren't set are left out. */
function attributesOf(object: object): [string, unknown][] {
  const chain: object[] = [];
  let prototype = Object.getPrototypeOf(object) as object | null;
  for (; prototype !== null; prototype = Object.getPrototypeOf(prototype) as object | null) {
    if (Object.hasOwn(prototype, customInspect)) chain.unshift(prototype);
  }
  const names = chain.flatMap((each) =>
    Object.entries(Object.getOwnPropertyDescriptors(each)).flatMap(([name, { enumerable, get }]) =>
      enumerable && get ? [name] : [],
    ),
  );
  return names.flatMap((name): [string, unknown][] => {
    const value = readAttribute(object, name);
    const isUnset = value === undefined || (value === null && name.startsWith("on"));
    return isUnset ? [] : [[name, value]];
  });
}

/** Undefined where the object isn't one of the interface: its prototype, a stranger. */
function readAttribute(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch {
    return undefined;
  }
}
