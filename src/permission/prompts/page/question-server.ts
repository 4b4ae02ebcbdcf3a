import type { IncomingMessage, ServerResponse } from "node:http";
import { LoopbackServer } from "../../../loopback/loopback-server.ts";
import { readBody } from "../../../loopback/read-body.ts";
import { plainText } from "../../../host/plain-text.ts";
import { beginStream } from "../../../loopback/stream-response.ts";
import type { RunningCapture } from "../../contract.ts";
import { kindList } from "../kind-words.ts";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { parsePageAnswer } from "./page-answer.ts";
import { pageContent, pageStyle } from "./page-content.ts";
import { pageScript } from "./page-script.ts";
import type { PreviewProvider } from "./preview-provider.ts";
import { sendPreview } from "./send-preview.ts";

const bodyLimit = 4096;

interface Events {
  /** `undefined`: no choice. */
  answered(answer: PromptAnswer | undefined): void;
  /** How many pages look at the question now. */
  watched(pages: number): void;
}

/** What the page can show of a device before anything is decided. */
export interface PagePreview {
  readonly provider: PreviewProvider;
  /** Lists what a preview captures, for the user's indicators. Returns what ends that. */
  readonly started: (capture: RunningCapture) => () => void;
}

/** Serves one question to one page on this machine. */
export class QuestionServer {
  readonly #question: PromptQuestion;
  readonly #preview: PagePreview | undefined;
  readonly #events: Events;
  readonly #server: LoopbackServer;
  readonly #watching = new Set<ServerResponse>();

  constructor(question: PromptQuestion, events: Events, preview: PagePreview | undefined) {
    this.#question = question;
    this.#events = events;
    this.#preview = preview;
    this.#server = new LoopbackServer({
      page: pageContent,
      script: pageScript,
      style: pageStyle,
      refusal: "A question's address works once, in one browser.",
      respond: (request, response) => this.#respond(request, response),
    });
  }

  /** Starts to serve. The address it gives works once: it holds the token. */
  start(): Promise<string> {
    return this.#server.start();
  }

  /** Stops, and tells pages that are still open that nobody waits any more. */
  close(): void {
    for (const response of this.#watching) response.end("withdrawn\n");
    this.#server.close();
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    const { method, url = "" } = request;
    switch (`${method} ${url}`) {
      case "POST /answer":
        return await this.#takeAnswer(request, response);
      case "GET /question":
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(this.#shown()));
        return undefined;
      case "GET /events":
        return this.#watch(response);
      default:
        return method === "GET" ? await this.#sendPreview(url, response) : 404;
    }
  }

  /** The page knows devices by their place in the list; their keys stay here. */
  #shown() {
    const { application, kinds, canRemember } = this.#question;
    const { name, path } = application;
    return {
      name: plainText(name),
      path: path === undefined ? undefined : plainText(path),
      asksFor: kindList(kinds),
      canRemember,
      hasPreview: this.#preview !== undefined,
      kinds: kinds.map(({ name, devices, reason }) => ({
        name,
        reason: reason === undefined ? undefined : plainText(reason),
        devices: devices.map(({ label }) => plainText(label || "unnamed")),
      })),
    };
  }

  #watch(response: ServerResponse): undefined {
    beginStream(response);
    this.#watching.add(response);
    this.#events.watched(this.#watching.size);
    response.once("close", () => {
      this.#watching.delete(response);
      this.#events.watched(this.#watching.size);
    });
  }

  async #sendPreview(url: string, response: ServerResponse): Promise<number | undefined> {
    const [, name, index] = /^\/preview\/([a-z-]+)\/(\d{1,4})$/u.exec(url) ?? [];
    const kind = this.#question.kinds.find((kind) => kind.name === name);
    const device = kind?.devices[Number(index)];
    if (kind === undefined || device === undefined || this.#preview === undefined) return 404;
    const { provider, started } = this.#preview;
    const { key, label } = device;
    const ended = started({ name: kind.name, deviceKey: key, label });
    const what = kind.name === "microphone" ? "levels" : "pictures";
    await sendPreview(response, provider, what, key).finally(ended);
    return undefined;
  }

  async #takeAnswer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<number | undefined> {
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return 413;
    const answer = parsePageAnswer(body, this.#question);
    if (answer === undefined) return 400;
    response.writeHead(204).end();
    this.#events.answered(answer === "none" ? undefined : answer);
    return undefined;
  }
}
