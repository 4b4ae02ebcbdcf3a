import type { DOMWindow } from "jsdom";
import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import { cloneMessage, transferListOf } from "./clone-message.ts";
import type { Respond } from "./respond.ts";
import { WorkerScope } from "./worker-scope.ts";

const BLOB = /^blob:/;

/**
 * Gives a window dedicated workers, which jsdom hasn't got: scopes of their own with a message queue
 * each way. They run in this thread, since no library can teach Node's structured clone to transfer
 * a track to another.
 */
export function addWorkers(window: DOMWindow, respond: Respond, capture: MediaCapture): void {
  const { realm } = capture;
  const blobs = addBlobAddresses(window);
  class Worker extends window.EventTarget {
    onmessage: ((event: Event) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    readonly #scope: WorkerScope;
    #isTerminated = false;
    /** Messages are queued until the script has run. */
    #ready: Promise<void>;

    constructor(address: string) {
      super();
      this.addEventListener("message", (event) => this.onmessage?.(event));
      this.addEventListener("error", (event) => this.onerror?.(event));
      const url = new URL(address, window.document.baseURI);
      const script = scriptOf(url);
      const base = BLOB.test(url.href) ? new URL(window.location.href) : url;
      const post = (message: unknown, options: unknown): void => this.#receive(message, options);
      this.#scope = new WorkerScope({ url: base, respond, capture, post });
      this.#ready = script.then(
        (text) => this.#try(() => this.#scope.run(text, url.href)),
        (error: unknown) => this.#fail(error),
      );
    }

    postMessage(message: unknown, options?: unknown): void {
      const realms = { source: realm, target: this.#scope.realm };
      const data = cloneMessage(message, transferListOf(options), realms);
      this.#ready = this.#ready.then(() => {
        if (!this.#isTerminated) this.#try(() => this.#scope.dispatch(data));
      });
    }

    terminate(): void {
      this.#isTerminated = true;
    }

    /** A message of the worker. */
    #receive(message: unknown, options: unknown): void {
      const realms = { source: this.#scope.realm, target: realm };
      const data = cloneMessage(message, transferListOf(options), realms);
      setImmediate(() => {
        if (window.closed || this.#isTerminated) return;
        this.dispatchEvent(new window.MessageEvent("message", { data }));
      });
    }

    #try(steps: () => void): void {
      try {
        steps();
      } catch (error) {
        this.#fail(error);
      }
    }

    #fail(error: unknown): void {
      const { message } = error as Error;
      if (!window.closed) this.dispatchEvent(new window.ErrorEvent("error", { error, message }));
    }
  }

  async function scriptOf(url: URL): Promise<string> {
    const blob = blobs.get(url.href);
    if (blob) return await blob.text();
    const { body, status } = respond(url.href);
    if (status !== 200) throw new Error(`There is no ${url.href}`);
    return body.toString();
  }

  Object.defineProperty(window, "Worker", { value: Worker, configurable: true, writable: true });
}

interface BlobAddresses {
  createObjectURL?: (blob: Blob) => string;
}

/** Addresses for blobs, which jsdom hasn't got either; where the window has them, they are noted. */
function addBlobAddresses(window: DOMWindow): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  const addresses = window.URL as unknown as BlobAddresses;
  const native = addresses.createObjectURL?.bind(addresses);
  Object.assign(addresses, {
    createObjectURL(blob: Blob): string {
      if (!(blob instanceof window.Blob)) throw new window.TypeError("This is no Blob");
      const address = native?.(blob) ?? `blob:${window.location.origin}/${crypto.randomUUID()}`;
      // It stays when it is revoked: what a worker was started with is read a moment later.
      blobs.set(address, blob);
      return address;
    },
  });
  if (!native) Object.assign(addresses, { revokeObjectURL() {} });
  return blobs;
}
