import type { IncomingMessage, ServerResponse } from "node:http";

import * as v from "valibot";

import type { MediaDevices } from "../index.ts";
import { LoopbackServer } from "../loopback/loopback-server.ts";
import { readBody } from "../loopback/read-body.ts";
import { beginStream } from "../loopback/stream-response.ts";
import { previewContent } from "./preview-html.ts";
import { previewScript } from "./preview-script.ts";
import { PreviewSession } from "./preview-session.ts";
import { previewStyle } from "./preview-style.ts";
import { sendLevels } from "./send-levels.ts";
import { sendPictures } from "./send-pictures.ts";

const bodyLimit = 4096;

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

  /** @param folder - where snapshots and recordings go */
  constructor(mediaDevices: MediaDevices, folder: string) {
    this.#session = new PreviewSession(mediaDevices, folder, () => this.#changed());
  }

  /**
   * Opens the devices and serves the page. Returns its address, which works once.
   * @throws what getUserMedia() rejects with
   */
  async start(): Promise<string> {
    await this.#session.open();
    return await this.#server.start();
  }

  /** Finishes a recording, and releases the devices. */
  async close(): Promise<void> {
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
        return 404;
    }
  }

  #watch(response: ServerResponse): undefined {
    beginStream(response);
    this.#watching.add(response);
    response.once("close", () => this.#watching.delete(response));
    this.#changed();
  }

  #changed(): void {
    if (this.#watching.size === 0) return;
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
