import { setImmediate } from "node:timers";

/** Kept as it is now: events must come while a test's fake timers stand still, as in a browser. */
const queueImmediate = setImmediate;

/**
 * Runs `steps` later, in the order of the calls.
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-task
 */
export function queueTask(steps: () => void): void {
  queueImmediate(steps);
}
