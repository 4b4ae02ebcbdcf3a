import type { Duplex } from "node:stream";
import { encodeMessage } from "./encode-message.ts";
import { ONE_WRITE_BYTES } from "./limits.ts";
import { MessageParser } from "./message-parser.ts";
import type { ProtocolError } from "./protocol-error.ts";

export interface ChannelEvents {
  message(header: unknown, payload: Uint8Array<ArrayBuffer>): void;
  /** The other end is gone, or sent what is no message (`error`). Comes once. */
  closed(error: ProtocolError | undefined): void;
}

/** One end of the pipe between the program and a capture process. */
export class Channel {
  readonly #stream: Duplex;
  #closed = false;

  constructor(stream: Duplex, events: ChannelEvents) {
    this.#stream = stream;
    const parser = new MessageParser();
    const close = (error?: ProtocolError) => {
      if (this.#closed) return;
      this.#closed = true;
      stream.destroy();
      events.closed(error);
    };
    stream.on("data", (chunk: Uint8Array) => {
      let messages;
      try {
        messages = parser.push(chunk);
      } catch (error) {
        close(error as ProtocolError);
        return;
      }
      for (const { header, payload } of messages) {
        if (!this.#closed) events.message(header, payload);
      }
    });
    stream.on("end", () => close());
    stream.on("close", () => close());
    stream.on("error", () => close());
  }

  /** @param onSent called when the payload isn't needed any more */
  send(header: object, payload?: Uint8Array, onSent: () => void = () => undefined): void {
    if (this.#closed) {
      onSent();
      return;
    }
    const head = encodeMessage(header, payload?.length ?? 0);
    if (payload === undefined || payload.length <= ONE_WRITE_BYTES) {
      this.#stream.write(payload === undefined ? head : Buffer.concat([head, payload]));
      onSent();
      return;
    }
    this.#stream.cork();
    this.#stream.write(head);
    this.#stream.write(payload, onSent);
    this.#stream.uncork();
  }

  /** Whether what is sent now would wait for the other end. */
  get isFull(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** Calls `listener` each time that it was full and the other end has taken everything. */
  onDrain(listener: () => void): () => void {
    this.#stream.on("drain", listener);
    return () => this.#stream.off("drain", listener);
  }

  /** Closes this end; the other end sees it. `closed` isn't called for it. */
  close(): void {
    this.#closed = true;
    this.#stream.destroy();
  }
}
