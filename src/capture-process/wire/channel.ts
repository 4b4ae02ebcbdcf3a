import type { Duplex } from "node:stream";
import { encodeMessage, encodeSlotRead } from "./encode-message.ts";
import { ONE_WRITE_BYTES } from "./limits.ts";
import { MessageParser } from "./message-parser.ts";
import { PayloadMemory } from "./payload-memory.ts";
import type { ProtocolError } from "./protocol-error.ts";
import type { SharedSlots } from "./shared-slots.ts";

export interface ChannelEvents {
  /** The payload may be given back with {@link Channel.recycle}. */
  message(header: unknown, payload: Uint8Array<ArrayBuffer>): void;
  /** The other end is gone, or sent what is no message (`error`). Comes once. */
  closed(error: ProtocolError | undefined): void;
}

/**
 * One end of the pipe between the program and a capture process. Long payloads go through shared
 * memory, where there is some, and their headers over the pipe.
 */
export class Channel {
  readonly #stream: Duplex;
  readonly #events: ChannelEvents;
  readonly #slots: SharedSlots | undefined;
  readonly #memory = new PayloadMemory();
  readonly #parser: MessageParser;
  readonly #drained = new Set<() => void>();
  #closed = false;

  /** @param slots are the channel's to close */
  constructor(stream: Duplex, events: ChannelEvents, slots?: SharedSlots) {
    this.#stream = stream;
    this.#events = events;
    this.#slots = slots;
    this.#parser = new MessageParser(
      this.#memory,
      slots && {
        read: (slot, bytes) => slots.read(slot, bytes),
        free: (slot) => this.#freed(slots, slot),
      },
    );
    stream.on("data", (chunk: Uint8Array) => this.#receive(chunk));
    stream.on("drain", () => this.#tellDrained());
    stream.on("end", () => this.#end());
    stream.on("close", () => this.#end());
    stream.on("error", () => this.#end());
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
    const slot = length > ONE_WRITE_BYTES ? this.#slots?.write(parts, length) : undefined;
    const head = encodeMessage(header, length, slot);
    if (slot !== undefined) {
      this.#stream.write(head);
      onSent();
    } else if (length <= ONE_WRITE_BYTES) {
      this.#stream.write(length === 0 ? head : Buffer.concat([head, ...parts]));
      onSent();
    } else this.#sendLong(head, parts, onSent);
  }

  /** Nobody refers to a message's payload any more: the next one may be written there. */
  recycle(payload: Uint8Array<ArrayBuffer>): void {
    this.#memory.give(payload);
  }

  /**
   * Whether what is sent now would wait for the other end.
   * @param length of the payload
   */
  isFull(length: number): boolean {
    if (this.#stream.writableNeedDrain) return true;
    const usesSlot = length > ONE_WRITE_BYTES && this.#slots?.takes(length) === true;
    return usesSlot && this.#slots.isFull;
  }

  /** Calls `listener` each time that it may have been full and isn't any more. */
  onDrain(listener: () => void): () => void {
    this.#drained.add(listener);
    return () => this.#drained.delete(listener);
  }

  /** Closes this end; the other end sees it. `closed` isn't called for it. */
  close(): void {
    this.#closed = true;
    this.#slots?.close();
    this.#stream.destroy();
  }

  #sendLong(head: Buffer, parts: readonly Uint8Array[], onSent: () => void): void {
    this.#stream.cork();
    this.#stream.write(head);
    for (const part of parts.slice(0, -1)) this.#stream.write(part);
    this.#stream.write(parts.at(-1), onSent);
    this.#stream.uncork();
  }

  #receive(chunk: Uint8Array): void {
    let messages;
    try {
      messages = this.#parser.push(chunk);
    } catch (error) {
      this.#end(error as ProtocolError);
      return;
    }
    for (const { slot } of messages)
      if (slot !== undefined) this.#stream.write(encodeSlotRead(slot));
    for (const { header, payload } of messages) {
      if (!this.#closed) this.#events.message(header, payload);
    }
  }

  #freed(slots: SharedSlots, slot: number): boolean {
    const wasBusy = slots.free(slot);
    if (wasBusy) this.#tellDrained();
    return wasBusy;
  }

  #tellDrained(): void {
    for (const listener of this.#drained) listener();
  }

  #end(error?: ProtocolError): void {
    if (this.#closed) return;
    this.close();
    this.#events.closed(error);
  }
}
