import type { Clock } from "../engine/contract.ts";

/** Whose timers tell the time: `globalThis`, or the window whose timers a test framework fakes. */
export interface TimerScope {
  readonly Date?: { now(): number };
  /** As on the global object. */
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** As on the global object. */
  clearTimeout(timer: never): void;
}

/**
 * Time as a scope's `Date` and `setTimeout` tell it, looked up at each call: what the fake timers
 * of Vitest, Jest and `node:test` replace. A test that fakes them holds the time of its virtual
 * devices too.
 */
export function timersClock(scope: TimerScope = globalThis): Clock {
  const nowMs = (): number => (scope.Date ?? Date).now();
  return {
    nowUs: () => nowMs() * 1000,
    wallMs: nowMs,
    setTimeout(callback, delayMs) {
      const timer = scope.setTimeout(callback, delayMs);
      return () => scope.clearTimeout(timer as never);
    },
  };
}
