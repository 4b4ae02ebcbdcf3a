import { HEAD_BYTES, MAGIC, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES, WIRE_VERSION } from "./limits.ts";
import type { PayloadMemory } from "./payload-memory.ts";
import { ProtocolError } from "./protocol-error.ts";

/** The other end's slots, as a parser uses them. */
export interface ReadableSlots {
  /** Fills the bytes from a slot; false where that can't be. */
  read(slot: number, bytes: Uint8Array): boolean;
  /** The other end has read one of ours; false where it can't have. */
  free(slot: number): boolean;
}

/** A message as it came over the pipe: JSON of any shape, and bytes that go with it. */
export interface RawMessage {
  readonly header: unknown;
  readonly payload: Uint8Array<ArrayBuffer>;
  /** The slot that the payload was read from, if it was. */
  readonly slot?: number;
}

const NO_BYTES = new Uint8Array(0);

/**
 * Cuts a stream of bytes into messages, whatever the sizes of the chunks it comes in. A payload is
 * written once, into memory of its own that nobody else refers to until it is given back.
 */
export class MessageParser {
  readonly #memory: PayloadMemory;
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headFilled = 0;
  #header: Uint8Array = NO_BYTES;
  #headerFilled = 0;
  #payload: Uint8Array<ArrayBuffer> = NO_BYTES;
  #payloadFilled = 0;
  readonly #slots: ReadableSlots | undefined;
  #slot: number | undefined;
  #broken: ProtocolError | undefined;

  /** @param slots where payloads may be that aren't on the pipe */
  constructor(memory: PayloadMemory, slots?: ReadableSlots) {
    this.#memory = memory;
    this.#slots = slots;
  }

  /**
   * Takes the next bytes and gives the messages that they complete.
   * @throws ProtocolError from the first bytes on that are no message; nothing is read after it
   */
  push(chunk: Uint8Array): RawMessage[] {
    if (this.#broken) throw this.#broken;
    const messages: RawMessage[] = [];
    try {
      for (let at = 0; at < chunk.length;) {
        at += this.#take(chunk.subarray(at));
        if (this.#isComplete()) messages.push(this.#finish());
      }
    } catch (error) {
      this.#broken = error instanceof ProtocolError ? error : new ProtocolError(String(error));
      throw this.#broken;
    }
    return messages;
  }

  #isComplete(): boolean {
    return (
      this.#headFilled === HEAD_BYTES &&
      this.#headerFilled === this.#header.length &&
      this.#payloadFilled === this.#payload.length
    );
  }

  /** Fills the part that is under way; returns how many bytes it took. */
  #take(bytes: Uint8Array): number {
    if (this.#headFilled < HEAD_BYTES) {
      const part = bytes.subarray(0, HEAD_BYTES - this.#headFilled);
      this.#head.set(part, this.#headFilled);
      this.#headFilled += part.length;
      if (this.#headFilled === HEAD_BYTES) this.#readHead();
      return part.length;
    }
    if (this.#headerFilled < this.#header.length) {
      const part = bytes.subarray(0, this.#header.length - this.#headerFilled);
      this.#header.set(part, this.#headerFilled);
      this.#headerFilled += part.length;
      return part.length;
    }
    const part = bytes.subarray(0, this.#payload.length - this.#payloadFilled);
    this.#payload.set(part, this.#payloadFilled);
    this.#payloadFilled += part.length;
    return part.length;
  }

  #readHead(): void {
    if (this.#head.readUInt16LE(0) !== MAGIC) {
      throw new ProtocolError("The bytes on the pipe are no message.");
    }
    const version = this.#head.readUInt16LE(2);
    if (version !== WIRE_VERSION) {
      throw new ProtocolError(`The other end speaks version ${version}, not ${WIRE_VERSION}.`);
    }
    const headerBytes = this.#head.readUInt32LE(4);
    const payloadBytes = this.#head.readUInt32LE(8);
    if (headerBytes > MAX_HEADER_BYTES || payloadBytes > MAX_PAYLOAD_BYTES) {
      throw new ProtocolError(`A message of ${headerBytes} + ${payloadBytes} bytes is too long.`);
    }
    const slot = this.#head.readUInt32LE(12);
    if (slot > 0 && headerBytes === 0) {
      this.#freeSlot(slot - 1);
      return;
    }
    this.#header = new Uint8Array(headerBytes);
    this.#payload = payloadBytes === 0 ? NO_BYTES : this.#memory.take(payloadBytes);
    this.#headerFilled = 0;
    this.#payloadFilled = 0;
    this.#slot = undefined;
    if (slot > 0) this.#readSlot(slot - 1);
  }

  #freeSlot(slot: number): void {
    if (this.#slots?.free(slot) !== true) throw new ProtocolError(`Slot ${slot} isn't in use.`);
    this.#headFilled = 0;
  }

  #readSlot(slot: number): void {
    if (this.#slots?.read(slot, this.#payload) !== true) {
      throw new ProtocolError(
        `There is no payload of ${this.#payload.length} bytes in slot ${slot}.`,
      );
    }
    this.#payloadFilled = this.#payload.length;
    this.#slot = slot;
  }

  #finish(): RawMessage {
    const payload = this.#payload;
    const slot = this.#slot;
    const text = Buffer.from(this.#header.buffer, 0, this.#header.length).toString("utf8");
    this.#headFilled = 0;
    this.#header = NO_BYTES;
    this.#headerFilled = 0;
    this.#payload = NO_BYTES;
    this.#payloadFilled = 0;
    try {
      const header = JSON.parse(text) as unknown;
      return slot === undefined ? { header, payload } : { header, payload, slot };
    } catch {
      throw new ProtocolError("The header of a message is no JSON.");
    }
  }
}
