import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { pipeline } from "node:stream/promises";

import * as v from "valibot";

import { LoopbackServer } from "../loopback/loopback-server.ts";
import { readBody } from "../loopback/read-body.ts";
import { beginStream } from "../loopback/stream-response.ts";
import { previewContent } from "./preview-html.ts";
import { previewScript } from "./preview-script.ts";
import { type PreviewOptions, PreviewSession } from "./preview-session.ts";
import { previewStyle } from "./preview-style.ts";
import { sendLevels } from "./send-levels.ts";
import { sendPictures } from "./send-pictures.ts";

const bodyLimit = 4096;
/** ms for which devices stay open without a page: it may be loaded anew. */
const pageGoneMs = 1000;

const savedTypes: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".wav": "audio/wav",
  ".webm": "video/webm",
};

const actionSchema = v.variant("action", [
  v.strictObject({
    action: v.literal("choose"),
    camera: v.optional(v.string()),
    microphone: v.optional(v.string()),
    size: v.optional(v.pipe(v.string(), v.regex(/^(?:\d{1,5}x\d{1,5})?$/u))),
  }),
  v.strictObject({ action: v.picklist(["snapshot", "record", "stop"]) }),
]);

type Action = v.InferOutput<typeof actionSchema>;

/** The page of a preview: live picture and level, pickers, and buttons. */
export class PreviewServer {
  readonly #session: PreviewSession;
  readonly #watching = new Set<ServerResponse>();
  readonly #server = new LoopbackServer({
    page: previewContent,
    script: previewScript,
    style: previewStyle,
    refusal: "The address of a preview works once, in one browser.",
    respond: (request, response) => this.#respond(request, response),
  });

  readonly #failed = new AbortController();
  #opening: Promise<void> | undefined;
  #goneTimer: NodeJS.Timeout | undefined;

  constructor(options: PreviewOptions) {
    this.#session = new PreviewSession(options, () => this.#changed());
  }

  /** Aborted, with the error as its reason, when the devices can't be opened for the first page. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /**
   * Serves the page. Returns its address, which works once. Devices are opened for the page.
   * @throws DOMException `NotFoundError` when there are none
   */
  async start(): Promise<string> {
    await this.#session.kinds();
    return await this.#server.start();
  }

  /** Finishes a recording, and releases the devices. */
  async close(): Promise<void> {
    clearTimeout(this.#goneTimer);
    await this.#opening?.catch(() => undefined);
    await this.#session.stopRecording();
    this.#session.close();
    for (const response of this.#watching) response.end();
    this.#watching.clear();
    this.#server.close();
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    switch (`${request.method} ${request.url}`) {
      case "GET /pictures": {
        const track = this.#session.camera;
        if (track === undefined) return 404;
        return await sendPictures(response, track);
      }
      case "GET /levels": {
        const track = this.#session.microphone;
        return track === undefined ? 404 : sendLevels(response, track);
      }
      case "GET /events":
        return this.#watch(response);
      case "POST /do":
        return await this.#take(request, response);
      default:
        return await this.#sendSaved(request, response);
    }
  }

  /** A file that this preview has saved, and no other. */
  async #sendSaved(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<number | undefined> {
    const [, name = ""] = /^\/saved\/([\w.-]+)$/u.exec(request.url ?? "") ?? [];
    const path = request.method === "GET" ? this.#session.savedFile(name) : undefined;
    if (path === undefined) return 404;
    response.writeHead(200, {
      "content-type": savedTypes[extname(name)] ?? "application/octet-stream",
    });
    await pipeline(createReadStream(path), response);
    return undefined;
  }

  /** Devices are open as long as a page is, or a recording runs. */
  #watch(response: ServerResponse): undefined {
    beginStream(response);
    this.#watching.add(response);
    clearTimeout(this.#goneTimer);
    response.once("close", () => {
      this.#watching.delete(response);
      if (this.#watching.size > 0) return;
      this.#goneTimer = setTimeout(() => this.#release(), pageGoneMs);
    });
    if (this.#session.isOpen) this.#changed();
    else this.#openFirst();
  }

  #openFirst(): void {
    this.#opening ??= this.#session
      .open()
      .catch((error: unknown) => this.#failed.abort(error))
      .finally(() => {
        this.#opening = undefined;
      });
  }

  #release(): void {
    if (this.#watching.size === 0 && !this.#session.isRecording) this.#session.close();
  }

  #changed(): void {
    if (this.#watching.size === 0) return this.#release();
    const show = (text: string): void => {
      for (const response of this.#watching) response.write(`${text}\n`);
    };
    // Devices that can't be listed now are listed at the next change.
    this.#session.state().then(
      (state) => show(JSON.stringify(state)),
      () => undefined,
    );
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return 413;
    const posted = v.safeParse(v.pipe(v.string(), v.parseJson(), actionSchema), body);
    if (!posted.success) return 400;
    const error = await this.#do(posted.output).then(
      () => "",
      (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
    );
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ error }));
    return undefined;
  }

  async #do(posted: Action): Promise<void> {
    switch (posted.action) {
      case "choose":
        return await this.#session.open(posted);
      case "snapshot":
        return await this.#session.takeSnapshot();
      case "record":
        return await this.#session.startRecording();
      case "stop":
        return await this.#session.stopRecording();
    }
  }
}
