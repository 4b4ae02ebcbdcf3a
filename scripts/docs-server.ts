import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserFiles, buildBrowser } from "./build-browser.mjs";

/** Old pages as they were written; what the shim needs is added where they are served. */
export const oldPages = [
  "photo-booth",
  "audio-meter",
  "source-picker",
  "screen-share",
  "recorder",
] as const;

const shim = `<script src="/usermedia.js"></script>`;
const install = `<script>
      usermedia.installLegacy({ dialects: true, errorNames: "legacy" });
    </script>`;

interface Resource {
  readonly type: string;
  readonly body: string;
}

export interface DocsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the documentation's live page, and the pages that it shows, to this machine alone.
 *
 * @param port - 0 for any that is free
 */
export async function startDocsServer(port: number): Promise<DocsServer> {
  const resources = await loadResources();
  const server = createServer((request, response) => {
    respond(resources, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function respond(
  resources: ReadonlyMap<string, Resource>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const resource = resources.get(request.url ?? "");
  // A page of another site, whose name was made to lead here, sends its own name.
  const isLocal = isThisMachine(request.headers.host ?? "", request.socket.localPort);
  const status = !isLocal ? 403 : request.method !== "GET" ? 405 : resource ? 200 : 404;
  response.writeHead(status, {
    "content-type": `${status === 200 ? resource?.type : "text/plain"}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(status === 200 ? resource?.body : String(status));
}

function isThisMachine(host: string, port: number | undefined): boolean {
  return host === `localhost:${port}` || host === `127.0.0.1:${port}`;
}

async function loadResources(): Promise<ReadonlyMap<string, Resource>> {
  const html = (body: string): Resource => ({ type: "text/html", body });
  const script = { type: "text/javascript", body: await buildShim() };
  const page = await readFile("docs/live/index.html", "utf8");
  const resources = new Map([
    ["/", html(page)],
    ["/usermedia.js", script],
  ]);
  for (const name of ["documented-example", ...oldPages]) {
    const source = await readFile(`examples/legacy/${name}.html`, "utf8");
    const added = name === "documented-example" ? shim : `${shim}\n    ${install}`;
    resources.set(`/legacy/${name}`, html(source.replace("<head>", `<head>\n    ${added}`)));
    resources.set(`/source/${name}`, { type: "text/plain", body: source });
  }
  return resources;
}

async function buildShim(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "usermedia-docs-"));
  try {
    await buildBrowser(directory);
    return await readFile(join(directory, browserFiles.script), "utf8");
  } finally {
    await rm(directory, { recursive: true });
  }
}
