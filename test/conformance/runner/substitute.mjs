/** The name that pages are served under; no name server is asked for it. */
export const HOST = "web-platform.test";
const OTHER_HOST = "not-web-platform.test";
export const PORT = "8443";

/**
 * Fills in `{{host}}` and its like.
 * @param {string} text
 * @param {URL} url - of the request
 * @see https://web-platform-tests.org/writing-tests/server-pipes.html#sub
 */
export function substitute(text, url) {
  return text.replace(/\{\{([^}]+)\}\}/g, (whole, expression) => {
    const [, name, ...keys] = /^(\w+)((?:\[[^\]]*\])*)$/.exec(expression.trim()) ?? [];
    const [first = "", second = ""] = [...(keys[0] ?? "").matchAll(/\[([^\]]*)\]/g)].map(
      (match) => match[1],
    );
    return valueOf(name, first, second, url) ?? whole;
  });
}

function valueOf(name, first, second, url) {
  switch (name) {
    case "host":
      return HOST;
    case "domains":
      return sub(first, HOST);
    case "hosts":
      return sub(second, first === "alt" ? OTHER_HOST : HOST);
    case "ports":
      return PORT;
    case "GET":
      return url.searchParams.get(first) ?? "";
    case "location":
      return { ...locationOf(url) }[first] ?? "";
    default:
      return undefined;
  }
}

function sub(name, host) {
  return name ? `${name}.${host}` : host;
}

function locationOf(url) {
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
