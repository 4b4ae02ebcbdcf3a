import type { Duplex } from "node:stream";
import { encodeMessage } from "./encode-message.ts";
import { ONE_WRITE_BYTES } from "./limits.ts";
import { MessageParser } from "./message-parser.ts";
import { PayloadMemory } from "./payload-memory.ts";
import type { ProtocolError } from "./protocol-error.ts";

export interface ChannelEvents {
  /** The payload may be given back with {@link Channel.recycle}. */
  message(header: unknown, payload: Uint8Array<ArrayBuffer>): void;
  /** The other end is gone, or sent what is no message (`error`). Comes once. */
  closed(error: ProtocolError | undefined): void;
}

/** One end of the pipe between the program and a capture process. */
export class Channel {
  readonly #stream: Duplex;
  readonly #memory = new PayloadMemory();
  #closed = false;

  constructor(stream: Duplex, events: ChannelEvents) {
    this.#stream = stream;
    const parser = new MessageParser(this.#memory);
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

  /**
   * @param payload in one piece or several
   * @param onSent called when the payload isn't needed any more
   */
  send(
    header: object,
    payload: Uint8Array | readonly Uint8Array[] = [],
    onSent: () => void = () => undefined,
  ): void {
    if (this.#closed) {
      onSent();
      return;
    }
    const parts = payload instanceof Uint8Array ? [payload] : payload;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const head = encodeMessage(header, length);
    if (length <= ONE_WRITE_BYTES) {
      this.#stream.write(length === 0 ? head : Buffer.concat([head, ...parts]));
      onSent();
      return;
    }
    this.#stream.cork();
    this.#stream.write(head);
    for (const part of parts.slice(0, -1)) this.#stream.write(part);
    this.#stream.write(parts.at(-1), onSent);
    this.#stream.uncork();
  }

  /** Nobody refers to a message's payload any more: the next one may be written there. */
  recycle(payload: Uint8Array<ArrayBuffer>): void {
    this.#memory.give(payload);
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
