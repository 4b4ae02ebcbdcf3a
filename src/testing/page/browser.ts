/**
 * `node-usermedia/testing/browser`: the kit as a module for tests that run in a real browser, as in
 * Vitest's Browser Mode. The devices, the user and the choice are the same code as in Node; streams
 * are the browser's own.
 *
 * @module
 */
export { ManualClock } from "../../engine/clock/manual-clock.ts";
export { color } from "../content/color.ts";
export type {
  AudioContent,
  PictureRequest,
  SampleRequest,
  VideoContent,
} from "../content/content.ts";
export { image, type ImagePixels } from "../content/image.ts";
export { pattern } from "../content/pattern.ts";
export { silence, tone } from "../content/tone.ts";
export { timersClock, type TimerScope } from "../timers-clock.ts";
export { PageDevices as VirtualDevices } from "./page-devices.ts";
