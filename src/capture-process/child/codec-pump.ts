import type { CodecContext, Frame, Packet } from "node-av/lib";
import { check } from "./check.ts";
import type { Native } from "./native.ts";

/** What comes out of an encoder, its bytes copied. */
export interface PumpedPacket {
  readonly key: boolean;
  /** In the encoder's time base. */
  readonly pts: number;
  /** In the encoder's time base. */
  readonly duration: number;
  readonly data: Uint8Array;
}

export interface PumpEvents {
  /** The encoder is open; comes again when a drained one is opened anew. */
  opened(context: CodecContext): void;
  packet(packet: PumpedPacket): void;
  error(error: unknown): void;
}

interface Entry {
  readonly frame: Frame;
  readonly done: () => void;
}

export interface PumpOptions {
  /** A frame takes less than a change of threads: encode it in the call. */
  readonly isQuick?: boolean;
}

/**
 * Runs an encoder off the main thread, one call at a time: two calls on one context at once crash.
 * The frames given to it are its own.
 */
export class CodecPump {
  readonly #native: Native;
  readonly #open: () => Promise<CodecContext>;
  readonly #events: PumpEvents;
  readonly #isQuick: boolean;
  readonly #packet: Packet;
  readonly #queue: Entry[] = [];
  #context: CodecContext | undefined;
  #work: Promise<void> | undefined;
  #isClosed = false;

  private constructor(
    native: Native,
    open: () => Promise<CodecContext>,
    events: PumpEvents,
    { isQuick = false }: PumpOptions,
  ) {
    this.#native = native;
    this.#open = open;
    this.#events = events;
    this.#isQuick = isQuick;
    this.#packet = new native.Packet();
    this.#packet.alloc();
  }

  /** @throws DeviceError when the encoder can't be opened */
  static async start(
    native: Native,
    open: () => Promise<CodecContext>,
    events: PumpEvents,
    options: PumpOptions = {},
  ): Promise<CodecPump> {
    const pump = new CodecPump(native, open, events, options);
    await pump.#reopen();
    return pump;
  }

  /** Frames not encoded yet. */
  get waiting(): number {
    return this.#queue.length + (this.#work === undefined ? 0 : 1);
  }

  push(frame: Frame, done: () => void = () => undefined): void {
    if (this.#isClosed) {
      frame.free();
      done();
      return;
    }
    const context = this.#context;
    if (this.#isQuick && this.#work === undefined && context !== undefined) {
      this.#encodeAtOnce(context, { frame, done });
      return;
    }
    this.#queue.push({ frame, done });
    this.#work ??= this.#run();
  }

  /** Drops the frame that waits longest; false when none does. */
  dropOldest(): boolean {
    const entry = this.#queue.shift();
    entry?.frame.free();
    entry?.done();
    return entry !== undefined;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  /** Gets out what the encoder held back. The next frame starts a new encoder. */
  async drain(): Promise<void> {
    await this.idle();
    const context = this.#context;
    if (context === undefined) return;
    this.#context = undefined;
    this.#work = this.#guard(async () => {
      check(this.#native, await context.sendFrame(null), "The encoder can't be drained");
      this.#receive(context);
    });
    await this.#work;
    context.freeContext();
    this.#work = this.#queue.length > 0 ? this.#run() : undefined;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.dropOldest());
    await this.idle();
    this.#context?.freeContext();
    this.#context = undefined;
    this.#packet.free();
  }

  #encodeAtOnce(context: CodecContext, { frame, done }: Entry): void {
    try {
      check(this.#native, context.sendFrameSync(frame), "A frame can't be encoded");
      this.#receive(context);
    } catch (error) {
      this.#fail(error);
    } finally {
      frame.free();
      done();
    }
  }

  async #run(): Promise<void> {
    await this.#guard(async () => {
      const context = this.#context ?? (await this.#reopen());
      for (let entry = this.#queue.shift(); entry !== undefined; entry = this.#queue.shift()) {
        try {
          check(this.#native, await context.sendFrame(entry.frame), "A frame can't be encoded");
          this.#receive(context);
        } finally {
          entry.frame.free();
          entry.done();
        }
      }
    });
    this.#work = undefined;
  }

  async #reopen(): Promise<CodecContext> {
    this.#context = await this.#open();
    this.#events.opened(this.#context);
    return this.#context;
  }

  #receive(context: CodecContext): void {
    const packet = this.#packet;
    for (;;) {
      const result = context.receivePacketSync(packet);
      const { AVERROR_EOF, AVERROR_EAGAIN } = this.#native.constants;
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return;
      check(this.#native, result, "The encoder gave an error");
      const data = Uint8Array.from(packet.data ?? []);
      const { isKeyframe: key, pts, duration } = packet;
      packet.unref();
      this.#events.packet({ key, pts: Number(pts), duration: Number(duration), data });
    }
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#isClosed = true;
    while (this.dropOldest());
    this.#events.error(error);
  }
}
