type Listen = (...values: unknown[]) => void;

interface Registration {
  readonly type: string;
  readonly callback: unknown;
  readonly isCapture: boolean;
}

/** What `addEventListener()` may be told besides. */
interface ListenOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Calls `begin` as soon as `target` has a listener for events of one of the `types`, also by its
 * event handler attribute, and what `begin` returns when it has none any more: what an event needs
 * (a watch, a timer) runs for nobody else. Begins again with the next listener.
 */
export function whenListenedTo(
  target: EventTarget,
  types: readonly string[],
  begin: () => () => void,
): void {
  const registrations = new Set<Registration>();
  let end: (() => void) | undefined;
  const find = ({ callback, isCapture, type }: Registration): Registration | undefined =>
    [...registrations].find(
      (one) => one.type === type && one.callback === callback && one.isCapture === isCapture,
    );
  const forget = (registration: Registration): void => {
    if (!registrations.delete(registration) || registrations.size > 0) return;
    end?.();
    end = undefined;
  };
  replace(target, "addEventListener", (listen, values) => {
    listen(...values);
    const { registration, options } = readArguments(values);
    const isIgnored = registration.callback == null || options.signal?.aborted === true;
    if (isIgnored || !types.includes(registration.type) || find(registration)) return;
    registrations.add(registration);
    // An event takes such a listener away: this one stands behind it, and is told by the same event.
    const once = { capture: registration.isCapture, once: true };
    if (options.once === true) listen(registration.type, () => forget(registration), once);
    options.signal?.addEventListener("abort", () => forget(registration), { once: true });
    end ??= begin();
  });
  replace(target, "removeEventListener", (ignore, values) => {
    ignore(...values);
    const found = find(readArguments(values).registration);
    if (found) forget(found);
  });
}

function readArguments([type, callback, given]: readonly unknown[]) {
  const options = (typeof given === "object" && given !== null ? given : {}) as ListenOptions;
  const isCapture = typeof given === "boolean" ? given : options.capture === true;
  const registration: Registration = { type: String(type), callback, isCapture };
  return { registration, options };
}

/** Gives the target a method of its own around the one that it inherits. */
function replace(
  target: EventTarget,
  name: "addEventListener" | "removeEventListener",
  method: (inherited: Listen, values: readonly unknown[]) => void,
): void {
  const value = (...values: unknown[]): void => {
    const prototype = Object.getPrototypeOf(target) as Record<typeof name, Listen>;
    method((...passed) => Reflect.apply(prototype[name], target, passed), values);
  };
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
