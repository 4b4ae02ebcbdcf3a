import type { Clock } from "../engine/contract.ts";

/**
 * Time as `Date` and `setTimeout` tell it, looked up at each call: what the fake timers of Vitest,
 * Jest and `node:test` replace. A test that fakes them holds the time of its virtual devices too.
 */
export const timersClock: Clock = {
  nowUs: () => Date.now() * 1000,
  wallMs: () => Date.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
