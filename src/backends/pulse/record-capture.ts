import { CaptureClock } from "./capture-clock.ts";
import type { Connection, RecordStreamListener } from "./connection.ts";
import { ProtocolError } from "./protocol-error.ts";
import { getRecordLatency, type RecordLatency } from "./record-latency.ts";
import {
  createRecordStream,
  deleteRecordStream,
  type RecordStream,
  type RecordStreamRequest,
} from "./record-stream.ts";
import { frameSize, type SampleSpec } from "./sample-spec.ts";

/** What a capture tells its owner. */
export interface CaptureListener {
  /** Whole frames; `timestampUs` is when the first was captured, on the monotonic clock. */
  block(bytes: Buffer, timestampUs: number): void;
  suspended(suspended: boolean): void;
  /** It is over: why. */
  lost(reason: string): void;
}

/** Blocks kept while the first measurement of the latency is under way. */
const MAX_WAITING_BLOCKS = 64;
/** A latency beyond this (µs) is a mistake of the server's. */
const MAX_LATENCY_US = 10_000_000;

/** A record stream at work, with the time at which each block was captured. */
export class RecordCapture implements RecordStreamListener {
  readonly #connection: Connection;
  readonly #spec: SampleSpec;
  readonly #listener: CaptureListener;
  readonly #nowUs: () => number;
  readonly #clock: CaptureClock;
  #stream: RecordStream | undefined;
  #waiting: Buffer[] = [];
  #receivedFrames = 0;
  #nextMeasurementAt = 0;
  #measuring = false;

  private constructor(
    connection: Connection,
    spec: SampleSpec,
    listener: CaptureListener,
    nowUs: () => number,
  ) {
    this.#connection = connection;
    this.#spec = spec;
    this.#listener = listener;
    this.#nowUs = nowUs;
    this.#clock = new CaptureClock(spec.rate);
  }

  /** @throws ServerError when the server refuses */
  static async start(
    connection: Connection,
    request: RecordStreamRequest,
    listener: CaptureListener,
    nowUs: () => number,
  ): Promise<RecordCapture> {
    const capture = new RecordCapture(connection, request.sampleSpec, listener, nowUs);
    capture.#stream = await createRecordStream(connection, request, capture);
    if (capture.#stream.suspended) listener.suspended(true);
    return capture;
  }

  /** Seconds of sound that a block has. */
  get latency(): number {
    const bytes = this.#stream?.fragmentSize ?? 0;
    return bytes / frameSize(this.#spec) / this.#spec.rate;
  }

  /** Measures anew before the next block goes on: samples were lost or held up. */
  resynchronize(): void {
    this.#clock.reset();
  }

  async stop(): Promise<void> {
    if (this.#stream === undefined) return;
    await deleteRecordStream(this.#connection, this.#stream.channel);
  }

  data(bytes: Buffer): void {
    if (bytes.length % frameSize(this.#spec) !== 0) {
      throw new ProtocolError("A block of sound ends inside a sample.");
    }
    if (this.#clock.running) {
      this.#deliver(bytes);
    } else {
      this.#waiting.push(bytes);
      if (this.#waiting.length > MAX_WAITING_BLOCKS) this.#receive(this.#waiting.shift());
    }
    if (!this.#clock.running || this.#receivedFrames >= this.#nextMeasurementAt) this.#measure();
  }

  suspended(suspended: boolean): void {
    this.#clock.reset();
    this.#listener.suspended(suspended);
  }

  lost(reason: string): void {
    this.#listener.lost(reason);
  }

  #deliver(bytes: Buffer): void {
    const first = this.#receivedFrames;
    this.#receive(bytes);
    this.#listener.block(bytes, this.#clock.timestampUs(first));
  }

  #receive(bytes: Buffer | undefined): void {
    this.#receivedFrames += (bytes?.length ?? 0) / frameSize(this.#spec);
  }

  /** Asks how long ago the newest sample was captured; once a second while all goes well. */
  #measure(): void {
    const channel = this.#stream?.channel;
    if (this.#measuring || channel === undefined) return;
    this.#measuring = true;
    this.#nextMeasurementAt = this.#receivedFrames + this.#spec.rate;
    const askedUs = this.#nowUs();
    getRecordLatency(this.#connection, channel, (latency) =>
      this.#measured(latency, (askedUs + this.#nowUs()) / 2),
    ).catch(() => {
      // The stream or the connection is gone, which its owner hears of by `lost` or `onClose`.
      this.#measuring = false;
    });
  }

  #measured({ sourceLatencyUs, playing, queuedBytes }: RecordLatency, measuredUs: number): void {
    this.#measuring = false;
    const known = playing && sourceLatencyUs <= MAX_LATENCY_US;
    const waitingBytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    this.#clock.measure({
      frame: this.#receivedFrames + (waitingBytes + queuedBytes) / frameSize(this.#spec),
      capturedUs: measuredUs - (known ? sourceLatencyUs : 0),
    });
    for (const bytes of this.#waiting.splice(0)) this.#deliver(bytes);
  }
}
