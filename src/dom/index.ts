/**
 * `node-usermedia/dom`: media capture in a window of jsdom or happy-dom.
 *
 * @module
 */
export { installMediaCapture, type InstallOptions } from "./install-media-capture.ts";
export { transferTrack } from "./transfer-track.ts";
export type {
  DomDocument,
  DomElement,
  DomInterface,
  DomMutationObserver,
  DomMutationRecord,
  DomRequest,
  DomWindow,
} from "./dom-window.ts";
export type { MediaLoader, MediaRequest } from "./media-loader.ts";
