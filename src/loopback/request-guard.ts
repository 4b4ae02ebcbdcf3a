import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a request has to show, and to whom. */
export interface GuardedRequest {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether a request can come from the server's own page: the status to refuse it with, or
 * `undefined`.
 *
 * The host must be the one that was opened, or a page whose name was rebound to this address could
 * talk to us; the origin must be ours, or any page could post to us.
 *
 * @param host `127.0.0.1:PORT`
 */
export function refusalOf({ method, headers }: GuardedRequest, host: string): number | undefined {
  if (headers.host !== host) return 421;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 403;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return 403;
  if (method === "GET") return undefined;
  if (method !== "POST") return 405;
  if (headers.origin === undefined) return 403;
  return headers["content-type"] === "application/json" ? undefined : 415;
}

/**
 * The header in which a page shows its secret. A cookie would not do: a browser sends it to every
 * port of this machine.
 */
export const sessionHeader = "usermedia-session";

/** Compares secrets without telling by the time it takes where they differ. */
export function isSecret(given: string | string[] | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
