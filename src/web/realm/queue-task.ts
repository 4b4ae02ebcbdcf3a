import { realImmediate } from "../../engine/clock/real-immediate.ts";

/**
 * Runs `steps` later, in the order of the calls: while a test's fake timers stand still, too, as in
 * a browser.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-task
 */
export function queueTask(steps: () => void): void {
  realImmediate(steps);
}
