/**
 * The same shim for a page without modules: `<script src="usermedia.global.js">`, which leaves a
 * global `usermedia` with `installLegacy`.
 *
 * @module
 */
import { installLegacy } from "./index.ts";

Object.assign(globalThis, { usermedia: { installLegacy } });
