import type { Channel } from "../wire/channel.ts";

/** A message with a long payload that waits for the program. */
export interface Outgoing {
  /** Made when it is sent. */
  message(): object;
  readonly payload: Uint8Array | readonly Uint8Array[];
  /** The payload isn't needed any more. */
  free(): void;
  /** It is dropped instead of being sent. */
  dropped(): void;
}

/** Sends frames, and keeps the newest few of them for a program that is slow. */
export class SendQueue {
  readonly #channel: Channel;
  readonly #stopListening: () => void;
  readonly #waiting: Outgoing[] = [];
  readonly #ready: (() => void)[] = [];

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#stopListening = channel.onDrain(() => this.#sendWaiting());
  }

  /** @param limit how many may wait; then the oldest is dropped */
  push(item: Outgoing, limit: number): void {
    this.#waiting.push(item);
    if (this.#waiting.length > limit) this.#dropOldest();
    this.#sendWaiting();
  }

  /** Drops all that waits. */
  clear(): void {
    while (this.#waiting.length > 0) this.#dropOldest();
    this.#sendWaiting();
  }

  /** Resolves when nothing waits: one travels while the next is decoded. */
  async ready(): Promise<void> {
    if (this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#ready.push(resolve));
  }

  close(): void {
    this.#stopListening();
    this.clear();
  }

  #dropOldest(): void {
    const oldest = this.#waiting.shift();
    oldest?.free();
    oldest?.dropped();
  }

  #sendWaiting(): void {
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      if (this.#channel.isFull(byteLength(next.payload))) break;
      this.#waiting.shift();
      this.#channel.send(next.message(), next.payload, () => next?.free());
    }
    if (this.#waiting.length === 0) for (const resolve of this.#ready.splice(0)) resolve();
  }
}

function byteLength(payload: Outgoing["payload"]): number {
  if (payload instanceof Uint8Array) return payload.length;
  return payload.reduce((sum, { length }) => sum + length, 0);
}
