import { DeviceError } from "../../contract/device-error.ts";
import type { MediaOutput, OpenOutput, OutputStream } from "../../contract/media-output.ts";
import type { Clock } from "../../engine/contract.ts";
import type { EncodedChunk } from "../../media/encoding.ts";
import { AudioPlacement } from "../recorder/audio-placement.ts";
import { Backlog } from "./backlog.ts";
import type { Destination } from "./destination.ts";
import type { PublishedTrack } from "./published-track.ts";

type Lost = (connection: Connection, reason: DeviceError) => void;

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly destination: Destination;
  readonly openOutput: OpenOutput;
  /** Those that have a chunk already, which describes them. */
  readonly tracks: readonly PublishedTrack[];
  readonly signal: AbortSignal;
}

/** Media that may wait for a slow far end. */
const MAXIMUM_DELAY_US = 2_000_000;
/** A far end that takes nothing for so long is gone. */
const STALL_US = 10_000_000;
/** Sound waits so long for the picture that it begins with. */
const FIRST_PICTURE_US = 1_000_000;

/** One connection of a publication, from its head to its end. Its first chunk is its 0. */
export class Connection {
  readonly tracks: readonly PublishedTrack[];
  readonly #clock: Clock;
  readonly #sinceUs: number;
  readonly #backlog = new Backlog(MAXIMUM_DELAY_US);
  readonly #placement = new AudioPlacement();
  readonly #lost: Lost;
  #output: MediaOutput | undefined;
  #failure: DeviceError | undefined;
  #zeroUs: number | undefined;

  private constructor({ clock, tracks }: ConnectionOptions, lost: Lost) {
    this.#clock = clock;
    this.#sinceUs = clock.nowUs();
    this.#lost = lost;
    this.tracks = tracks;
  }

  /**
   * @param lost - told once at most, and not while it opens
   * @throws DeviceError; the signal's reason
   */
  static async open(options: ConnectionOptions, lost: Lost): Promise<Connection> {
    const connection = new Connection(options, lost);
    await connection.#open(options);
    return connection;
  }

  /** How long it is there, in µs. */
  get ageUs(): number {
    return this.#clock.nowUs() - this.#sinceUs;
  }

  /** µs of media that wait for the far end. */
  get delayUs(): number {
    return this.#backlog.delayUs(this.#clock.nowUs());
  }

  /** Sends a chunk, or leaves it out and counts it. */
  send(track: PublishedTrack, chunk: EncodedChunk): void {
    if (this.#backlog.ageUs(this.#clock.nowUs()) > STALL_US) {
      this.#fail(stalled());
    } else if (!this.#backlog.takes(chunk.timestamp)) {
      track.framesDropped += 1;
      track.beginAnew();
    } else if (track.isDecodable(chunk)) {
      this.#write(track, chunk);
    } else if (this.#zeroUs !== undefined) {
      track.framesDropped += 1;
    }
  }

  async close(): Promise<void> {
    await this.#output?.close();
  }

  async abandon(): Promise<void> {
    await this.#output?.abandon();
  }

  async #open({ destination, openOutput, signal, tracks }: ConnectionOptions): Promise<void> {
    const streams = tracks.flatMap(({ stream }): OutputStream[] => (stream ? [stream] : []));
    const output = await openOutput(
      { ...destination, streams },
      { written: () => this.#backlog.written(), failed: (reason) => this.#fail(reason) },
      signal,
    );
    if (this.#failure !== undefined || signal.aborted) {
      await output.abandon();
      throw this.#failure ?? signal.reason;
    }
    this.#output = output;
    for (const track of tracks) track.beginAnew();
  }

  #fail(reason: DeviceError): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    if (this.#output !== undefined) this.#lost(this, reason);
  }

  /** A connection begins with a picture, where it has any. */
  #write(track: PublishedTrack, chunk: EncodedChunk): void {
    const isSound = track.config.kind === "audio";
    if (this.#zeroUs === undefined) {
      const hasPicture = this.tracks.some(({ config }) => config.kind === "video");
      if (isSound && hasPicture && this.ageUs < FIRST_PICTURE_US) return;
      this.#zeroUs = chunk.timestamp;
    }
    const sinceZeroUs = chunk.timestamp - this.#zeroUs;
    if (sinceZeroUs < 0) return;
    const placedUs = isSound ? this.#placement.place(sinceZeroUs, chunk.duration) : sinceZeroUs;
    if (placedUs === undefined) {
      track.framesDropped += 1;
      return;
    }
    this.#backlog.add(chunk.timestamp, this.#clock.nowUs());
    this.#output?.write(this.tracks.indexOf(track), chunk, placedUs);
    track.framesSent += 1;
    track.bytesSent += chunk.data.byteLength;
  }
}

function stalled(): DeviceError {
  return new DeviceError(
    "failed",
    `The server took nothing for ${STALL_US / 1e6} s: look at whether it runs, and at the network.`,
  );
}
