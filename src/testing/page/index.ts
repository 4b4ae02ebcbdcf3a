/**
 * `node-usermedia/testing/page`: a script for a page of a real browser (Playwright's `addInitScript`,
 * a `<script>`). It defines `usermediaTesting`, with what `node-usermedia/testing` exports.
 *
 * @module
 */
import { ManualClock } from "../../engine/clock/manual-clock.ts";
import { color } from "../content/color.ts";
import { image } from "../content/image.ts";
import { pattern } from "../content/pattern.ts";
import { silence, tone } from "../content/tone.ts";
import { timersClock } from "../timers-clock.ts";
import { PageDevices } from "./page-devices.ts";

const usermediaTesting = {
  VirtualDevices: PageDevices,
  ManualClock,
  color,
  image,
  pattern,
  silence,
  timersClock,
  tone,
};

Object.assign(globalThis, { usermediaTesting });
