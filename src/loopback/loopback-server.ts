import { randomBytes } from "node:crypto";
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { cookieOf, isSecret, refusalOf } from "./request-guard.ts";

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A page and what it asks for. */
export interface LoopbackSite {
  readonly html: string;
  readonly script: string;
  readonly style: string;
  /** What a request that isn't the page's is told. */
  readonly refusal: string;
  /**
   * Answers a request of the page. Only requests of its own origin get here, and only `POST`s of
   * JSON. Returns the status to refuse it with, where it does.
   */
  respond(request: IncomingMessage, response: ServerResponse): Promise<number | undefined>;
}

/** Serves a page to one browser on this machine, and to nobody else. */
export class LoopbackServer {
  readonly #site: LoopbackSite;
  readonly #server: Server;
  readonly #session = randomBytes(32).toString("hex");
  #token: string | undefined = randomBytes(32).toString("hex");
  #port = 0;

  constructor(site: LoopbackSite) {
    this.#site = site;
    this.#server = createServer({ connectionsCheckingInterval: 1000 }, (request, response) => {
      this.#respond(request, response).catch(() => response.destroy());
    });
    this.#server.maxConnections = 16;
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

  get #cookieName(): string {
    // Ports of one host share their cookies.
    return `usermedia-${this.#port}`;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const status = refusalOf(request, this.#host) ?? (await this.#serve(request, response));
    if (status === undefined) return;
    const text = `${STATUS_CODES[status]}. ${this.#site.refusal}\n`;
    response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(text);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    const { url = "", headers, method } = request;
    if (method === "GET" && url.startsWith("/open/")) return this.#open(url, response);
    if (!isSecret(cookieOf(headers, this.#cookieName), this.#session)) return 403;
    const { html, script, style } = this.#site;
    switch (`${method} ${url}`) {
      case "GET /":
        return send(response, "text/html; charset=utf-8", html);
      case "GET /page.css":
        return send(response, "text/css; charset=utf-8", style);
      case "GET /page.js":
        return send(response, "text/javascript; charset=utf-8", script);
      default:
        return await this.#site.respond(request, response);
    }
  }

  /** The token is spent by the first page that shows it; that page goes on with a cookie. */
  #open(url: string, response: ServerResponse): number | undefined {
    const token = this.#token;
    if (token === undefined || !isSecret(url.slice("/open/".length), token)) return 403;
    this.#token = undefined;
    response.setHeader(
      "set-cookie",
      `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`,
    );
    return send(response, "text/html; charset=utf-8", this.#site.html);
  }
}

function send(response: ServerResponse, type: string, body: string): undefined {
  response.writeHead(200, { "content-type": type }).end(body);
}
