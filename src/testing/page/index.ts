/**
 * `node-usermedia/testing/page`: a script for a page of a real browser (Playwright's `addInitScript`,
 * a `<script>`). It defines `usermediaTesting`, with what `node-usermedia/testing/browser` exports.
 *
 * @module
 */
import * as usermediaTesting from "./browser.ts";

Object.assign(globalThis, { usermediaTesting: { ...usermediaTesting } });
