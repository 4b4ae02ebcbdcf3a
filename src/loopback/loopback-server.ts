import { randomBytes } from "node:crypto";
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { loopbackPage, type PageContent } from "./loopback-page.ts";
import { loopbackScript } from "./loopback-script.ts";
import { isSecret, refusalOf, sessionHeader } from "./request-guard.ts";

/** Connections that have shown no secret: with one more, the oldest is closed. */
const mostStrangers = 32;

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src data: blob:; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A page and what it asks for. */
export interface LoopbackSite {
  readonly page: PageContent;
  /** Runs after {@link loopbackScript}, and uses what that declares. */
  readonly script: string;
  readonly style: string;
  /** What a request that isn't the page's is told. */
  readonly refusal: string;
  /**
   * Answers a request of the page. Only requests with its secret get here, and only `POST`s of
   * JSON. Returns the status to refuse it with, where it does.
   */
  respond(request: IncomingMessage, response: ServerResponse): Promise<number | undefined>;
}

/** Serves a page to one browser on this machine, and to nobody else. */
export class LoopbackServer {
  readonly #site: LoopbackSite;
  readonly #server: Server;
  readonly #session = randomBytes(32).toString("hex");
  /** Connections that have shown no secret, the oldest first. */
  readonly #strangers = new Set<Socket>();
  #token: string | undefined = randomBytes(32).toString("hex");
  #port = 0;

  constructor(site: LoopbackSite) {
    this.#site = site;
    this.#server = createServer({ connectionsCheckingInterval: 1000 }, (request, response) => {
      this.#respond(request, response).catch(() => response.destroy());
    });
    this.#server.on("connection", (socket) => this.#admit(socket));
    this.#server.headersTimeout = 5000;
    this.#server.requestTimeout = 10_000;
  }

  /** Starts to serve. The address it gives works once: it holds the token. */
  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
    return `http://${this.#host}/open/${this.#token}`;
  }

  /** Stops. What was sent last still goes out. */
  close(): void {
    this.#server.close();
    setTimeout(() => this.#server.closeAllConnections(), 500).unref();
    this.#server.unref();
  }

  get #host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** However many connections others hold open, the page's own is let in. */
  #admit(socket: Socket): void {
    const [oldest] = this.#strangers;
    if (this.#strangers.size >= mostStrangers) oldest?.destroy();
    this.#strangers.add(socket);
    socket.once("close", () => this.#strangers.delete(socket));
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const status = refusalOf(request, this.#host) ?? (await this.#serve(request, response));
    if (status === undefined) return;
    const text = `${STATUS_CODES[status]}. ${this.#site.refusal}\n`;
    response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(text);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    const { url = "", headers, method, socket } = request;
    const { page, script, style } = this.#site;
    if (method === "GET" && url.startsWith("/open/")) return this.#open(url, response);
    // What anybody may read is the same for every question and every preview.
    switch (`${method} ${url}`) {
      case "GET /":
        return send(response, "text/html; charset=utf-8", loopbackPage(page));
      case "GET /page.css":
        return send(response, "text/css; charset=utf-8", style);
      case "GET /page.js":
        return send(response, "text/javascript; charset=utf-8", `${loopbackScript}${script}`);
      default:
        if (!isSecret(headers[sessionHeader], this.#session)) return 403;
        this.#strangers.delete(socket);
        return await this.#site.respond(request, response);
    }
  }

  /** The token is spent by the first page that shows it; that page is given the secret. */
  #open(url: string, response: ServerResponse): number | undefined {
    const token = this.#token;
    if (token === undefined || !isSecret(url.slice("/open/".length), token)) return 403;
    this.#token = undefined;
    const html = loopbackPage(this.#site.page, this.#session);
    return send(response, "text/html; charset=utf-8", html);
  }
}

function send(response: ServerResponse, type: string, body: string): undefined {
  response.writeHead(200, { "content-type": type }).end(body);
}
