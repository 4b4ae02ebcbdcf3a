import { DeviceError } from "../../contract/device-error.ts";
import type { OpenOutput } from "../../contract/media-output.ts";
import type { Clock, Track } from "../../engine/contract.ts";
import type { EncodedChunk } from "../../media/encoding.ts";
import type { Bitrates } from "../recorder/bitrates.ts";
import { Connection } from "./connection.ts";
import type { Destination } from "./destination.ts";
import { PublishedTrack } from "./published-track.ts";

/** @see https://w3c.github.io/webrtc-pc/#dom-rtcpeerconnectionstate */
export type PublicationState =
  | "new"
  | "connecting"
  | "connected"
  | "disconnected"
  | "failed"
  | "closed";

export interface PublisherOptions {
  readonly clock: Clock;
  readonly destination: Destination;
  readonly openOutput: OpenOutput;
  readonly bitrates: Bitrates;
  /** How often in a row a lost connection is tried again. */
  readonly reconnectAttempts: number;
}

export interface PublisherEvents {
  stateChanged(state: PublicationState): void;
  /** A track has ended: say what is published now, by {@link Publisher.setTracks}. */
  trackEnded(): void;
}

/** A track that gives nothing by then is published once it does. */
const FIRST_CHUNKS_MS = 3_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** A connection that held for so long was a good one: the next loss is counted from 1 again. */
const GOOD_CONNECTION_US = 10_000_000;

/**
 * Encodes tracks and sends them to a server, over one connection after the other. Devices and
 * encoders run on while there is none.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #events: PublisherEvents;
  readonly #closing = new AbortController();
  #tracks: PublishedTrack[] = [];
  /** Counts of tracks that are published no more. */
  readonly #past: PublishedTrack[] = [];
  #connection: Connection | undefined;
  #state: PublicationState = "new";
  #failedAttempts = 0;
  #reconnections = 0;
  #isConnecting = false;
  #hasConnected = false;
  #onDescribed: () => void = () => undefined;
  #closed: Promise<void> | undefined;
  #failure: DeviceError | undefined;

  constructor(options: PublisherOptions, events: PublisherEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): PublicationState {
    return this.#state;
  }

  /** What it failed with. */
  get failure(): DeviceError | undefined {
    return this.#failure;
  }

  /** Connections after the first. */
  get reconnections(): number {
    return this.#reconnections;
  }

  /** Those that are published, and those that were. */
  get allTracks(): readonly PublishedTrack[] {
    return [...this.#past, ...this.#tracks];
  }

  /** µs of media that wait for the far end. */
  get delayUs(): number {
    return this.#connection?.delayUs ?? 0;
  }

  /**
   * Opens the encoders and connects for the first time.
   * @throws DeviceError; everything is closed then
   */
  async start(tracks: readonly Track[]): Promise<void> {
    this.#isConnecting = true;
    this.#enter("connecting");
    try {
      this.#tracks = tracks.map((track) => this.#publishedTrack(track));
      await Promise.all(this.#tracks.map((track) => track.opened()));
      await this.#firstChunks();
      await this.#connect();
    } catch (error) {
      this.#fail(asDeviceError(error));
      await this.#closed;
      throw this.#failure ?? error;
    }
    this.#isConnecting = false;
    this.#describedAnew();
  }

  /** Publishes these from now on. A server learns of another set by another connection. */
  setTracks(tracks: readonly Track[]): void {
    if (this.#closing.signal.aborted) return;
    const gone = this.#tracks.filter(({ track }) => !tracks.includes(track));
    const known = this.#tracks.map(({ track }) => track);
    const added = tracks.filter((track) => !known.includes(track));
    this.#past.push(...gone);
    for (const track of gone) void track.close();
    this.#tracks = this.#tracks.filter((track) => !gone.includes(track));
    // The first chunk of a track that is added has it described, and the connection made anew.
    for (const track of added) {
      const published = this.#publishedTrack(track);
      this.#tracks.push(published);
      published.opened().catch((error: unknown) => {
        if (track.readyState === "live") this.#fail(asDeviceError(error));
      });
    }
  }

  /** Sends what is encoded, ends the connection properly and closes the encoders. Never rejects. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close("closed"));
  }

  #publishedTrack(track: Track): PublishedTrack {
    return new PublishedTrack(track, this.#options.bitrates, {
      chunk: (published, chunk) => this.#receive(published, chunk),
      described: () => {
        this.#onDescribed();
        this.#describedAnew();
      },
      ended: () => this.#events.trackEnded(),
      failed: (reason) => this.#fail(reason),
    });
  }

  /** Waits for what a server must be told first. */
  async #firstChunks(): Promise<void> {
    const { clock } = this.#options;
    await new Promise<void>((resolve) => {
      const cancel = clock.setTimeout(resolve, FIRST_CHUNKS_MS);
      const check = (): void => {
        if (!this.#tracks.every(({ stream }) => stream !== undefined)) return;
        cancel();
        resolve();
      };
      this.#onDescribed = check;
      this.#closing.signal.addEventListener("abort", () => resolve(), { once: true });
      check();
    });
    this.#onDescribed = () => undefined;
  }

  /** @throws DeviceError; the reason of closing */
  async #connect(): Promise<void> {
    const tracks = this.#tracks.filter(({ stream }) => stream !== undefined);
    if (tracks.length === 0) {
      throw new DeviceError("failed", "The tracks gave nothing to publish: look at their devices.");
    }
    const { signal } = this.#closing;
    this.#connection = await Connection.open(
      { ...this.#options, tracks, signal },
      (connection, reason) => this.#lost(connection, reason),
    );
    this.#hasConnected = true;
    this.#enter("connected");
  }

  #receive(track: PublishedTrack, chunk: EncodedChunk): void {
    if (this.#connection?.tracks.includes(track) === true) this.#connection.send(track, chunk);
    // Until the first connection nothing is to be sent.
    else if (this.#hasConnected) track.framesDropped += 1;
  }

  /** A track that the connection doesn't have can be described now. */
  #describedAnew(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#isConnecting) return;
    const isNew = (track: PublishedTrack) =>
      track.stream !== undefined && !connection.tracks.includes(track);
    if (!this.#tracks.some(isNew)) return;
    this.#connection = undefined;
    this.#enter("connecting");
    void this.#reconnect(connection.close());
  }

  #lost(connection: Connection, reason: DeviceError): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (connection.ageUs > GOOD_CONNECTION_US) this.#failedAttempts = 0;
    this.#retry(reason, connection.abandon());
  }

  /** @param ended - what was connected before */
  #retry(reason: DeviceError, ended: Promise<void>): void {
    if (this.#closing.signal.aborted) return;
    const isFutile = reason.code === "not-allowed" || reason.code === "missing-dependency";
    if (isFutile || this.#failedAttempts >= this.#options.reconnectAttempts) {
      this.#fail(reason);
      return;
    }
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failedAttempts, LONGEST_RETRY_MS);
    this.#failedAttempts += 1;
    this.#enter("disconnected");
    void this.#reconnect(ended.then(() => this.#wait(waitMs)));
  }

  async #reconnect(ready: Promise<void>): Promise<void> {
    this.#isConnecting = true;
    try {
      await ready;
      if (this.#closing.signal.aborted) return;
      this.#enter("connecting");
      await this.#connect();
      this.#reconnections += 1;
      this.#isConnecting = false;
      this.#describedAnew();
    } catch (error) {
      this.#isConnecting = false;
      this.#retry(asDeviceError(error), Promise.resolve());
    }
  }

  async #wait(delayMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.setTimeout(resolve, delayMs);
      const stop = (): void => {
        cancel();
        resolve();
      };
      this.#closing.signal.addEventListener("abort", stop, { once: true });
    });
  }

  #fail(reason: DeviceError): void {
    if (this.#closing.signal.aborted) return;
    this.#failure = reason;
    this.#closed ??= this.#close("failed");
  }

  async #close(state: "closed" | "failed"): Promise<void> {
    const connection = this.#connection;
    this.#closing.abort(new DeviceError("failed", "The publication was closed."));
    await Promise.all(this.#tracks.map((track) => track.close()));
    this.#connection = undefined;
    if (state === "failed") await connection?.abandon();
    else await connection?.close();
    this.#enter(state);
  }

  #enter(state: PublicationState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.stateChanged(state);
  }
}

function asDeviceError(error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  return new DeviceError("failed", error instanceof Error ? error.message : String(error));
}
