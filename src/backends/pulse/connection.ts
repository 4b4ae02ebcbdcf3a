import type { Socket } from "node:net";

import { DeviceError } from "../../contract/device-error.ts";
import { Command } from "./commands.ts";
import { PacketDecoder } from "./packet-decoder.ts";
import { CONTROL_CHANNEL, encodeCommand, encodeDescriptor } from "./packet.ts";
import { ProtocolError } from "./protocol-error.ts";
import { ServerError } from "./server-error.ts";
import { TagstructReader } from "./tagstruct-reader.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";

/** What the server tells one record stream. */
export interface RecordStreamListener {
  data(bytes: Buffer): void;
  suspended(suspended: boolean): void;
  /** The stream is gone, or feeds from another device now. */
  lost(reason: string): void;
}

/** What the server tells one playback stream. */
export interface PlaybackStreamListener {
  /** It takes that many more bytes. */
  requested(bytes: number): void;
  /** It has nothing to play, and begins anew with what comes. */
  underflow(): void;
  /** The stream is gone, as its output is. */
  killed(): void;
}

/** A question to the server. */
export interface Request<Reply> {
  readonly command: number;
  /** What is asked for, for messages. */
  readonly name: string;
  readonly payload?: TagstructWriter;
  /** Reads the reply, before anything that the server sent after it is looked at. */
  read(reply: TagstructReader): Reply;
}

interface PendingRequest {
  readonly name: string;
  settle(reply: TagstructReader): void;
  reject(error: Error): void;
}

/** The tag of what the server sends unasked. */
const NO_TAG = 0xffff_ffff;

/** A connection to a sound server: requests out, replies, events and stream data in. */
export class Connection {
  readonly #socket: Socket;
  readonly #decoder = new PacketDecoder();
  readonly #pending = new Map<number, PendingRequest>();
  readonly #streams = new Map<number, RecordStreamListener>();
  readonly #playbacks = new Map<number, PlaybackStreamListener>();
  readonly #changeListeners = new Set<() => void>();
  readonly #closeListeners = new Set<(reason: DeviceError) => void>();
  #nextTag = 0;
  #nextSyncId = 0;
  #closed: DeviceError | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", (error) =>
      this.#end(`The connection to the sound server broke: ${error.message}.`),
    );
    socket.on("close", () => this.#end("The sound server closed the connection."));
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /**
   * @throws ServerError when the server refuses
   * @throws DeviceError when the connection ends before the reply
   */
  request<Reply>({ command, name, payload, read }: Request<Reply>): Promise<Reply> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const tag = this.#nextTag++ % NO_TAG;
    const head = new TagstructWriter().u32(command).u32(tag).toBuffer();
    const body = payload?.toBuffer() ?? Buffer.alloc(0);
    return new Promise((resolve, reject) => {
      this.#pending.set(tag, { name, settle: (reply) => resolve(read(reply)), reject });
      this.#socket.write(encodeCommand(Buffer.concat([head, body])));
    });
  }

  /** Routes what comes for a record stream. */
  listenToStream(channel: number, listener: RecordStreamListener): void {
    this.#streams.set(channel, listener);
  }

  stopListeningToStream(channel: number): void {
    this.#streams.delete(channel);
  }

  /** Routes what is said of a playback stream. */
  listenToPlayback(channel: number, listener: PlaybackStreamListener): void {
    this.#playbacks.set(channel, listener);
  }

  stopListeningToPlayback(channel: number): void {
    this.#playbacks.delete(channel);
  }

  /** A number that differs for each stream: streams of one number are played in step. */
  newSyncId(): number {
    return this.#nextSyncId++;
  }

  /** Sends sound to a playback stream. */
  send(channel: number, bytes: Uint8Array): void {
    if (this.#closed !== undefined) return;
    this.#socket.cork();
    this.#socket.write(encodeDescriptor(channel, bytes.length));
    this.#socket.write(bytes);
    this.#socket.uncork();
  }

  /** Calls `listener` on every event subscribed to. */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Calls `listener` when the connection ends, but not for {@link close}. */
  onClose(listener: (reason: DeviceError) => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    this.#closeListeners.clear();
    this.#end("The connection to the sound server was closed.");
  }

  /** Ends a connection that can't go on. */
  fail(message: string): void {
    this.#end(message);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const { channel, payload } of this.#decoder.push(chunk)) {
        if (this.#closed !== undefined) return;
        if (channel === CONTROL_CHANNEL) this.#dispatch(new TagstructReader(payload));
        else this.#streams.get(channel)?.data(payload);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#end(`The sound server doesn't speak PulseAudio's protocol: ${error.message}`);
    }
  }

  #dispatch(packet: TagstructReader): void {
    const command = packet.u32();
    const tag = packet.u32();
    switch (command) {
      case Command.reply:
        this.#pending.get(tag)?.settle(packet);
        this.#pending.delete(tag);
        break;
      case Command.error: {
        const pending = this.#pending.get(tag);
        pending?.reject(new ServerError(packet.u32(), pending.name));
        this.#pending.delete(tag);
        break;
      }
      case Command.subscribeEvent:
        for (const listener of this.#changeListeners) listener();
        break;
      case Command.recordStreamSuspended:
        this.#streams.get(packet.u32())?.suspended(packet.boolean());
        break;
      case Command.recordStreamKilled:
        this.#streams.get(packet.u32())?.lost("It was unplugged or taken away");
        break;
      case Command.recordStreamMoved:
        this.#streams.get(packet.u32())?.lost("The sound server switched to another device");
        break;
      case Command.request: {
        const playback = this.#playbacks.get(packet.u32());
        playback?.requested(packet.u32());
        break;
      }
      case Command.underflow:
        this.#playbacks.get(packet.u32())?.underflow();
        break;
      case Command.playbackStreamKilled:
        this.#playbacks.get(packet.u32())?.killed();
        break;
      // Newer servers say more than this client has a use for.
    }
  }

  #end(message: string): void {
    if (this.#closed !== undefined) return;
    const reason = new DeviceError("failed", message);
    this.#closed = reason;
    this.#socket.destroy();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    this.#streams.clear();
    this.#playbacks.clear();
    for (const listener of this.#closeListeners) listener(reason);
  }
}
