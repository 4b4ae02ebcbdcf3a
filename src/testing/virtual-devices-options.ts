import type { Clock } from "../engine/contract.ts";

export interface VirtualDevicesOptions {
  /**
   * The time by which devices run. Default: `Date` and `setTimeout` as they are at each call, so
   * that a test's fake timers hold them; a `ManualClock` is advanced by hand.
   */
  readonly clock?: Clock;
}

/** Puts everything back as it was, and ends what is captured. */
export type Uninstall = () => Promise<void>;
