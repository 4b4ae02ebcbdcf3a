/** The type of an event handler attribute. */
export type EventHandler<E extends Event = Event> = ((event: E) => unknown) | null;

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
