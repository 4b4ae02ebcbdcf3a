import { randomBytes } from "node:crypto";
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { parsePageAnswer } from "./page-answer.ts";
import { pageHtml } from "./page-html.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import type { PreviewProvider } from "./preview-provider.ts";
import { readBody } from "./read-body.ts";
import { cookieOf, isSecret, refusalOf } from "./request-guard.ts";
import { sendPreview } from "./send-preview.ts";

const bodyLimit = 4096;

const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

interface Events {
  /** `undefined`: no choice. */
  answered(answer: PromptAnswer | undefined): void;
  /** How many pages look at the question now. */
  watched(pages: number): void;
}

/** Serves one question to one page on this machine. */
export class QuestionServer {
  readonly #question: PromptQuestion;
  readonly #preview: PreviewProvider | undefined;
  readonly #events: Events;
  readonly #server: Server;
  readonly #session = randomBytes(32).toString("hex");
  readonly #watching = new Set<ServerResponse>();
  #token: string | undefined = randomBytes(32).toString("hex");
  #port = 0;

  constructor(question: PromptQuestion, events: Events, preview: PreviewProvider | undefined) {
    this.#question = question;
    this.#events = events;
    this.#preview = preview;
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

  /** Stops, and tells pages that are still open that nobody waits any more. */
  close(): void {
    for (const response of this.#watching) response.end("event: withdrawn\ndata:\n\n");
    this.#server.close();
    // What was sent last, an answer's receipt among it, still goes out.
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
    const refusal = refusalOf(request, this.#host);
    if (refusal !== undefined) return refuse(response, refusal);
    const { url = "", headers, method } = request;
    if (method === "GET" && url.startsWith("/open/")) return this.#open(url, response);
    if (!isSecret(cookieOf(headers, this.#cookieName), this.#session)) return refuse(response, 403);
    if (method === "POST") {
      return url === "/answer" ? await this.#takeAnswer(request, response) : refuse(response, 404);
    }
    return await this.#get(url, response);
  }

  /** The token is spent by the first page that shows it; that page goes on with a cookie. */
  #open(url: string, response: ServerResponse): void {
    const token = this.#token;
    if (token === undefined || !isSecret(url.slice("/open/".length), token)) {
      return refuse(response, 403);
    }
    this.#token = undefined;
    response.setHeader(
      "set-cookie",
      `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`,
    );
    return send(response, "text/html; charset=utf-8", pageHtml);
  }

  async #get(url: string, response: ServerResponse): Promise<void> {
    switch (url) {
      case "/":
        return send(response, "text/html; charset=utf-8", pageHtml);
      case "/page.css":
        return send(response, "text/css; charset=utf-8", pageStyle);
      case "/page.js":
        return send(response, "text/javascript; charset=utf-8", pageScript);
      case "/question":
        return send(response, "application/json", JSON.stringify(this.#shown()));
      case "/events":
        return this.#watch(response);
      default:
        return await this.#sendPreview(url, response);
    }
  }

  /** The page knows devices by their place in the list; their keys stay here. */
  #shown() {
    const { application, kinds, canRemember } = this.#question;
    return {
      ...application,
      canRemember,
      hasPreview: this.#preview !== undefined,
      kinds: kinds.map(({ name, devices, reason }) => ({
        name,
        reason,
        devices: devices.map(({ label }) => label || "unnamed"),
      })),
    };
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    this.#watching.add(response);
    this.#events.watched(this.#watching.size);
    response.once("close", () => {
      this.#watching.delete(response);
      this.#events.watched(this.#watching.size);
    });
  }

  async #sendPreview(url: string, response: ServerResponse): Promise<void> {
    const [, name, index] = /^\/preview\/([a-z-]+)\/(\d{1,4})$/u.exec(url) ?? [];
    const kind = this.#question.kinds.find((kind) => kind.name === name);
    const device = kind?.devices[Number(index)];
    if (device === undefined || this.#preview === undefined) return refuse(response, 404);
    const what = name === "microphone" ? "levels" : "pictures";
    return await sendPreview(response, this.#preview, what, device.key);
  }

  async #takeAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return refuse(response, 413);
    const answer = parsePageAnswer(body, this.#question);
    if (answer === undefined) return refuse(response, 400);
    response.writeHead(204).end();
    return this.#events.answered(answer === "none" ? undefined : answer);
  }
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { "content-type": type }).end(body);
}

function refuse(response: ServerResponse, status: number): void {
  const text = `${STATUS_CODES[status]}. A question's address works once, in one browser.\n`;
  response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(text);
}
