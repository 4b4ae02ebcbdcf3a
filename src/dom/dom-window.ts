import type { ErrorEventConstructor } from "../web/realm.ts";

/** A constructor function of a window, of which only the prototype matters here. */
export interface DomInterface {
  readonly prototype: object;
}

/** An element, as far as capture touches it. */
export interface DomElement extends EventTarget {
  readonly localName: string;
  readonly isConnected: boolean;
  readonly ownerDocument: DomDocument;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

export interface DomDocument {
  readonly defaultView: object | null;
  createElement(localName: string): DomElement;
}

/**
 * What capture needs of a window: jsdom's and happy-dom's both have it, and so has a browser's.
 * Built-ins that a window lacks (jsdom's does, unless it runs scripts) are Node's own.
 */
export interface DomWindow {
  readonly document: DomDocument;
  readonly navigator: object;
  readonly location: { readonly origin: string };
  readonly parent: unknown;
  readonly frameElement: unknown;
  readonly closed: boolean;
  readonly isSecureContext?: boolean;
  readonly EventTarget: typeof EventTarget;
  readonly Event: typeof Event;
  readonly DOMException: typeof DOMException;
  readonly ErrorEvent?: ErrorEventConstructor;
  readonly Blob?: typeof Blob;
  readonly HTMLMediaElement: DomInterface;
  readonly HTMLVideoElement: DomInterface;
  readonly HTMLCanvasElement: DomInterface;
  readonly Object?: ObjectConstructor;
  readonly Function?: FunctionConstructor;
  readonly Array?: ArrayConstructor;
  readonly Promise?: PromiseConstructor;
  readonly TypeError?: TypeErrorConstructor;
  readonly Number?: NumberConstructor;
  readonly String?: StringConstructor;
  setTimeout(callback: () => void, delayMs: number): unknown;
}
