import type { ErrorEventConstructor } from "../web/realm/realm.ts";

/** A constructor function of a window, of which only the prototype matters here. */
export interface DomInterface {
  readonly prototype: object;
}

/** An element, as far as capture touches it. */
export interface DomElement extends EventTarget {
  readonly localName: string;
  readonly isConnected: boolean;
  readonly ownerDocument: DomDocument;
  readonly children: Iterable<DomElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  querySelectorAll(selectors: string): Iterable<DomElement>;
}

export interface DomDocument {
  readonly defaultView: object | null;
  readonly baseURI: string;
  createElement(localName: string): DomElement;
  querySelectorAll(selectors: string): Iterable<DomElement>;
}

export interface DomMutationRecord {
  readonly type: string;
  readonly addedNodes: Iterable<object>;
}

export interface DomMutationObserver {
  observe(target: object, options: object): void;
  takeRecords(): readonly DomMutationRecord[];
  disconnect(): void;
}

/** A request of a window's own, as far as media files are loaded by it. */
export interface DomRequest extends EventTarget {
  responseType: string;
  withCredentials: boolean;
  readonly response: unknown;
  readonly status: number;
  open(method: string, url: string): void;
  send(): void;
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
  readonly URL?: object;
  readonly MutationObserver: new (
    callback: (records: readonly DomMutationRecord[]) => void,
  ) => DomMutationObserver;
  readonly XMLHttpRequest?: new () => DomRequest;
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
