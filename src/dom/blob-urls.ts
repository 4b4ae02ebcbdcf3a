import type { ConversionContext } from "../webidl/converter.ts";
import type { Realm } from "../web/realm/realm.ts";
import type { DomWindow } from "./dom-window.ts";
import { randomId } from "../web/realm/window-gaps.ts";

/** What is needed of a blob, the window's or Node's. */
interface BlobLike {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * The blobs that a window's scripts gave addresses, where the window itself has no
 * `URL.createObjectURL()`, as jsdom has none.
 *
 * @see https://w3c.github.io/FileAPI/#blob-url
 */
export class BlobUrls {
  readonly #blobs = new Map<string, BlobLike>();

  /** The blob at an address, if it is one of these. */
  get(href: string): BlobLike | undefined {
    return this.#blobs.get(withoutFragment(href));
  }

  create(blob: BlobLike, origin: string): string {
    const url = `blob:${origin}/${randomId()}`;
    this.#blobs.set(url, blob);
    return url;
  }

  revoke(href: string): void {
    this.#blobs.delete(withoutFragment(href));
  }
}

function withoutFragment(href: string): string {
  return href.replace(/#.*$/s, "");
}

/**
 * Gives a window's `URL` what it lacks. Such addresses are for media elements alone: the window's
 * own loading (images, frames, `XMLHttpRequest`) doesn't know them.
 */
export function installBlobUrls(window: DomWindow, realm: Realm): BlobUrls {
  const urls = new BlobUrls();
  const { URL } = window;
  if (!URL || "createObjectURL" in URL) return urls;
  const description = "Failed to execute 'createObjectURL' on 'URL': parameter 1";
  const methods = {
    createObjectURL(blob: unknown): string {
      return urls.create(blobOf(blob, window, { realm, description }), window.location.origin);
    },
    revokeObjectURL(url: unknown): void {
      urls.revoke(String(url));
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    const flags = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(URL, name, { value, ...flags });
  }
  return urls;
}

/** @throws TypeError of the window for what is no blob */
function blobOf(value: unknown, window: DomWindow, context: ConversionContext): BlobLike {
  const { realm, description } = context;
  const isBlob = [window.Blob, Blob].some((type) => type && value instanceof type);
  if (!isBlob) throw new realm.TypeError(`${description} is not of type 'Blob'.`);
  return value as BlobLike;
}
