/** The name that pages are served under; no name server is asked for it. */
const HOST = "web-platform.test";
const PORTS: Readonly<Record<string, string>> = { http: "8000", https: "8443" };
const OTHER_HOST = "not-web-platform.test";

/** The origin of a test: only what has `.https.` in its name runs in a secure context. */
export function originOf(path: string): string {
  const scheme = path.includes(".https.") ? "https" : "http";
  return `${scheme}://${HOST}:${PORTS[scheme]}`;
}

/**
 * Fills in `{{host}}` and its like.
 *
 * @param url - of the request
 * @see https://web-platform-tests.org/writing-tests/server-pipes.html#sub
 */
export function substitute(text: string, url: URL): string {
  return text.replace(/\{\{([^}]+)\}\}/g, (whole, expression: string) => {
    const [, name = "", keys = ""] = /^(\w+)((?:\[[^\]]*\])*)$/.exec(expression.trim()) ?? [];
    const [first = "", second = ""] = [...keys.matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key);
    return valueOf(name, { first, second, url }) ?? whole;
  });
}

interface Keys {
  readonly first: string;
  readonly second: string;
  readonly url: URL;
}

function valueOf(name: string, { first, second, url }: Keys): string | undefined {
  switch (name) {
    case "host":
      return HOST;
    case "domains":
      return subdomain(first, HOST);
    case "hosts":
      return subdomain(second, first === "alt" ? OTHER_HOST : HOST);
    case "ports":
      return PORTS[first];
    case "GET":
      return url.searchParams.get(first) ?? "";
    case "location":
      return locationOf(url)[first] ?? "";
    default:
      return undefined;
  }
}

function subdomain(name: string, host: string): string {
  return name === "" ? host : `${name}.${host}`;
}

function locationOf(url: URL): Readonly<Record<string, string>> {
  return {
    host: url.host,
    hostname: url.hostname,
    port: url.port,
    scheme: url.protocol.slice(0, -1),
    server: url.origin,
    path: url.pathname,
    query: url.search,
  };
}
