import type { DomWindow } from "./dom-window.ts";

/** A media file that an element is to play. */
export interface MediaRequest {
  readonly url: string;
  /** `"no-cors"`: of another origin, without `crossorigin`: it is played, but never seen by scripts. */
  readonly mode: "cors" | "no-cors" | "same-origin";
  readonly credentials: "include" | "same-origin";
}

/** Gets a media file; rejects where it can't. */
export type MediaLoader = (request: MediaRequest) => Promise<Response>;

/** The loader that the option `resources` asks for. */
export function loaderFor(
  window: DomWindow,
  resources: "usable" | MediaLoader | undefined,
): MediaLoader | undefined {
  return resources === "usable" ? windowLoader(window) : resources;
}

/**
 * Has files by the window's own XMLHttpRequest, with its cookies, interceptors and checks. What is
 * to be had without those checks, as it stays hidden from scripts, comes by Node's `fetch()`.
 */
function windowLoader({ XMLHttpRequest }: DomWindow): MediaLoader {
  return async ({ credentials, mode, url }) => {
    if (mode === "no-cors" || !XMLHttpRequest) return await fetch(url);
    const request = new XMLHttpRequest();
    const done = new Promise<Response>((resolve, reject) => {
      request.addEventListener("load", () => {
        const { response, status } = request;
        resolve(new Response(new Uint8Array(response as ArrayBuffer), { status }));
      });
      request.addEventListener("error", () => reject(new Error(`${url} can't be loaded`)));
    });
    request.open("GET", url);
    request.responseType = "arraybuffer";
    request.withCredentials = credentials === "include";
    request.send();
    return await done;
  };
}
