import type { MediaLoader } from "../dom/media-loader.ts";
import type { EncoderChoice } from "./encoder/test-codecs.ts";
import type { Clock } from "../engine/contract.ts";

/** What virtual devices are made with. */
export interface VirtualDevicesOptions {
  /**
   * The time by which devices run. Default: `Date` and `setTimeout` as they are at each call, so
   * that a test's fake timers hold them; a `ManualClock` is advanced by hand.
   */
  readonly clock?: Clock;
  /** Which encoders recorders get, as `VirtualDevices.encoder` says. Default `"native"`. */
  readonly encoder?: EncoderChoice;
}

/** How devices are put into a window. */
export interface InstallOptions {
  /**
   * Whether media elements play files outside the program, as with `installMediaCapture()` of
   * `node-usermedia/dom`: `"usable"` has them loaded by the window's own means, a function loads them
   * itself. Default: elements play streams, and files at blob: and data: addresses.
   */
  readonly resources?: "usable" | MediaLoader | undefined;
}

/** Puts everything back as it was, and ends what is captured. */
export type Uninstall = () => Promise<void>;
