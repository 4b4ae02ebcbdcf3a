import type { FileService, MediaFile } from "../../contract/media-file.ts";
import type { BlobUrls } from "../blob-urls.ts";
import type { MediaLoader } from "../media-loader.ts";

/** A file that an element plays. */
export interface MediaResource {
  readonly file: MediaFile;
  /** Whether it is another origin's, which hasn't allowed this one to see it. */
  readonly isTainted: boolean;
}

export interface MediaResourcesParts {
  readonly files: FileService;
  readonly blobs: BlobUrls;
  /** Absent: what isn't in the program already is left alone. */
  readonly load: MediaLoader | undefined;
  /** The document's. */
  readonly origin: string;
}

/** Opens what media elements are told to play by its address. */
export class MediaResources {
  readonly #parts: MediaResourcesParts;

  constructor(parts: MediaResourcesParts) {
    this.#parts = parts;
  }

  /** Whether files can be played at all. */
  get isSupported(): boolean {
    return this.#parts.files.isSupported();
  }

  /** Whether addresses like this one are played here; else elements stay as the window made them. */
  takes({ protocol }: URL): boolean {
    const { load } = this.#parts;
    if (!this.isSupported) return false;
    return IN_PROGRAM.has(protocol) || (load !== undefined && OUTSIDE.has(protocol));
  }

  /**
   * @param crossOrigin - the element's attribute
   * @throws Error when it can't be had, DeviceError when it can't be played
   */
  async open(url: URL, crossOrigin: string | null): Promise<MediaResource> {
    const { files } = this.#parts;
    if (url.protocol === "file:") {
      const { fileURLToPath } = process.getBuiltinModule("node:url");
      // Deviates: browsers take each file for an origin of its own; here it counts as the page's.
      return { file: await files.open(fileURLToPath(url)), isTainted: false };
    }
    const mode = this.#modeOf(url, crossOrigin);
    const bytes = await this.#fetch(url, mode, crossOrigin);
    return { file: await files.open(bytes), isTainted: mode === "no-cors" };
  }

  /** @see https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request */
  #modeOf(
    { origin, protocol }: URL,
    crossOrigin: string | null,
  ): "cors" | "no-cors" | "same-origin" {
    if (IN_PROGRAM.has(protocol) || origin === this.#parts.origin) return "same-origin";
    return crossOrigin === null ? "no-cors" : "cors";
  }

  async #fetch(
    { href, protocol }: URL,
    mode: "cors" | "no-cors" | "same-origin",
    crossOrigin: string | null,
  ): Promise<Uint8Array> {
    const { blobs, load } = this.#parts;
    const blob = blobs.get(href);
    if (blob) return new Uint8Array(await blob.arrayBuffer());
    const credentials = crossOrigin === "use-credentials" ? "include" : "same-origin";
    // Node's own fetch knows blob: addresses of Node's own blobs, and data: addresses.
    const response = await (IN_PROGRAM.has(protocol)
      ? fetch(href)
      : load?.({ url: href, mode, credentials }));
    if (!response?.ok) throw new Error(`${href} answers ${response?.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

const IN_PROGRAM: ReadonlySet<string> = new Set(["blob:", "data:"]);
const OUTSIDE: ReadonlySet<string> = new Set(["file:", "http:", "https:"]);
