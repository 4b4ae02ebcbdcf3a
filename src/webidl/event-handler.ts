/** What an event handler attribute can be set to. */
export type EventHandler<This, E extends Event> = ((this: This, event: E) => unknown) | null;

/**
 * What an event handler attribute gives when it is read. The parameter is any event, so that our
 * interfaces are assignable to those of TypeScript's lib.dom, whatever its version.
 */
export type EventHandlerValue = ((event: Event) => unknown) | null;

/** A listener of events of a known type. */
export type TypedListener<This, E extends Event> = (this: This, event: E) => unknown;

/** A listener as `EventTarget` takes it for events of any name. */
export type AnyListener = Parameters<EventTarget["addEventListener"]>[1];

/** The third argument of `addEventListener()`. */
export type ListenerOptions = Parameters<EventTarget["addEventListener"]>[2];

/** The third argument of `removeEventListener()`. */
export type ListenerRemovalOptions = Parameters<EventTarget["removeEventListener"]>[2];

/** A handler that was set: the value, and the listener that stands for it. */
interface ActiveHandler {
  value: object;
  readonly listener: (event: Event) => void;
}

/** The handlers of an object, by event type. */
const handlers = new WeakMap<EventTarget, Map<string, ActiveHandler>>();

/** Gets an event handler attribute. */
export function getEventHandler(target: EventTarget, type: string): unknown {
  return handlers.get(target)?.get(type)?.value ?? null;
}

/**
 * Sets an event handler attribute. The listener keeps the place where the first handler was set
 * while one function replaces another; `null` takes it out of the order.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes
 */
export function setEventHandler(target: EventTarget, type: string, value: unknown): void {
  const map = handlers.get(target) ?? new Map<string, ActiveHandler>();
  handlers.set(target, map);
  const active = map.get(type);
  // [LegacyTreatNonObjectAsNull]
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    if (active) target.removeEventListener(type, active.listener);
    map.delete(type);
    return;
  }
  if (active) {
    active.value = value;
    return;
  }
  const handler: ActiveHandler = { value, listener: (event) => processHandler(handler, event) };
  map.set(type, handler);
  target.addEventListener(type, handler.listener);
}

/** @see https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm */
function processHandler(handler: ActiveHandler, event: Event): void {
  if (typeof handler.value !== "function") return;
  const result: unknown = Reflect.apply(handler.value, event.currentTarget, [event]);
  if (result === false) event.preventDefault();
}
