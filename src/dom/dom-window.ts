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
  /** As in the DOM. */
  getAttribute(name: string): string | null;
  /** As in the DOM. */
  setAttribute(name: string, value: string): void;
  /** As in the DOM. */
  hasAttribute(name: string): boolean;
  /** As in the DOM. */
  querySelectorAll(selectors: string): Iterable<DomElement>;
}

/** The parts of a `Document` that are used. */
export interface DomDocument {
  readonly defaultView: object | null;
  readonly baseURI: string;
  /** As in the DOM. */
  createElement(localName: string): DomElement;
  /** As in the DOM. */
  querySelectorAll(selectors: string): Iterable<DomElement>;
}

/** The parts of a `MutationRecord` that are used. */
export interface DomMutationRecord {
  readonly type: string;
  readonly addedNodes: Iterable<object>;
}

/** The parts of a `MutationObserver` that are used. */
export interface DomMutationObserver {
  /** As in the DOM. */
  observe(target: object, options: object): void;
  /** As in the DOM. */
  takeRecords(): readonly DomMutationRecord[];
  /** As in the DOM. */
  disconnect(): void;
}

/** A request of a window's own, as far as media files are loaded by it. */
export interface DomRequest extends EventTarget {
  responseType: string;
  withCredentials: boolean;
  readonly response: unknown;
  readonly status: number;
  /** As in the DOM. */
  open(method: string, url: string): void;
  /** As in the DOM. */
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
  /** As in the DOM. */
  setTimeout(callback: () => void, delayMs: number): unknown;
}
