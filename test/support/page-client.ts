import { once } from "node:events";
import { request } from "node:http";

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** Sends a loopback server what a page, or somebody else, would send it. */
export function pageClient(url: string) {
  const { host, origin, pathname, port } = new URL(url);
  const ask = async (path: string, options: Asked = {}) => {
    const { method = "GET", body, headers = {} } = options;
    const call = request({ host: "127.0.0.1", port, path, method, headers: { host, ...headers } });
    call.end(body);
    const [response] = await once(call, "response");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    return { status: Number(response.statusCode), text, headers: response.headers };
  };
  /** The headers of what the page itself sends, once it is open. */
  const login = async () => {
    const { text } = await ask(pathname);
    return {
      "usermedia-session": /name="session" content="([0-9a-f]{64})"/u.exec(text)?.[1] ?? "",
      origin,
      "content-type": "application/json",
    };
  };
  return { ask, login, host, origin, pathname, port: Number(port) };
}
