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
    const [cookie] = (await ask(pathname)).headers["set-cookie"];
    return {
      cookie: String(cookie).split(";")[0] ?? "",
      origin,
      "content-type": "application/json",
    };
  };
  return { ask, login, host, pathname, port: Number(port) };
}
