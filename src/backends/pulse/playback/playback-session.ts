import { DeviceError } from "../../../contract/device-error.ts";
import type {
  PlaybackConfiguration,
  PlaybackEvents,
  PlaybackSession,
} from "../../../contract/output.ts";
import { Command } from "../commands.ts";
import type { Connection, PlaybackStreamListener } from "../connection.ts";
import { frameSize, SampleFormat } from "../sample-spec.ts";
import type { ConnectionLease } from "../shared-connection.ts";
import {
  commandPlayback,
  createPlaybackStream,
  type PlaybackStream,
  type PlaybackStreamRequest,
} from "./playback-stream.ts";

/** Seconds that the server waits for before it begins; none would lose the start of the sound. */
const PREBUFFER = 0.02;
/** Seconds that the server asks for at least, up to which lead, and beyond. */
const REQUEST = { short: 0.01, long: 0.02, shortestLong: 0.1 };
/**
 * ms without more sound, after which the rest is played as the end: PulseAudio holds back what is
 * shorter than {@link PREBUFFER}, and PipeWire what is shorter than a cycle of its own.
 */
const TAIL_MS = 30;
/** Bytes in a packet at most, as PulseAudio's own library has it. */
const MAX_BLOCK = 65_472;

/** `pa_channel_position_t` of the channels that WebCodecs and Web Audio mean by a count. */
const CHANNEL_MAPS: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [1, 2],
  4: [1, 2, 5, 6],
  6: [1, 2, 3, 7, 5, 6],
};
/** `PA_CHANNEL_POSITION_AUX0` */
const FIRST_AUX = 12;

/** An open output of the sound server. */
export class PulsePlayback implements PlaybackSession, PlaybackStreamListener {
  readonly configuration: PlaybackConfiguration;
  readonly #lease: ConnectionLease;
  readonly #label: string;
  readonly #frameBytes: number;
  readonly #forgetConnection: () => void;
  readonly #draining = new Set<() => void>();
  #stream: PlaybackStream | undefined;
  #events: PlaybackEvents | undefined;
  #ended: DeviceError | undefined;
  #closing: Promise<void> | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** Bytes that the server has asked for and not got. */
  #credit = 0;
  #isDraining = false;
  #isPaused = false;
  #tail: NodeJS.Timeout | undefined;

  private constructor(lease: ConnectionLease, label: string, configuration: PlaybackConfiguration) {
    this.configuration = configuration;
    this.#lease = lease;
    this.#label = label;
    this.#frameBytes = frameSize(specOf(configuration));
    this.#forgetConnection = lease.connection.onClose((reason) => this.#end(reason));
  }

  /** Takes over the lease, also when it fails. @throws ServerError or DeviceError */
  static async open(
    lease: ConnectionLease,
    sink: { readonly name: string | null; readonly label: string },
    configuration: PlaybackConfiguration,
  ): Promise<PulsePlayback> {
    const playback = new PulsePlayback(lease, sink.label, configuration);
    try {
      const request = requestFor(sink.name, configuration);
      const stream = await createPlaybackStream(lease.connection, request, playback);
      playback.#stream = stream;
      playback.#credit += stream.requested;
      return playback;
    } catch (error) {
      await playback.close();
      throw error;
    }
  }

  start(events: PlaybackEvents): void {
    if (this.#ended !== undefined) {
      events.ended(this.#ended);
      return;
    }
    this.#events = events;
    this.#askForMore();
  }

  get waiting(): number {
    return this.#queuedBytes / this.#frameBytes;
  }

  write(samples: Uint8Array): void {
    if (this.#stream === undefined || this.#closing !== undefined || samples.length === 0) return;
    this.#queue.push(samples);
    this.#queuedBytes += samples.length;
    this.#send();
  }

  clear(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    // What is sent next comes after the flush: its answer needn't be waited for.
    this.#command(Command.flushPlaybackStream);
    this.#settleDrains();
  }

  setPaused(paused: boolean): void {
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    this.#command(Command.corkPlaybackStream, paused);
    if (!paused) this.#watchTail();
  }

  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#draining.add(resolve);
      if (this.#stream === undefined || this.#closing !== undefined) this.#settleDrains();
      else if (this.#queuedBytes === 0) this.#drain();
    });
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#release());
  }

  requested(bytes: number): void {
    this.#credit += bytes;
    this.#send();
    this.#askForMore();
  }

  underflow(): void {
    this.#events?.underflow?.();
  }

  killed(): void {
    this.#end(
      new DeviceError(
        "not-found",
        `${this.#label} has gone: it was unplugged or taken away. List the outputs, and choose another.`,
      ),
    );
  }

  get #connection(): Connection {
    return this.#lease.connection;
  }

  #send(): void {
    const channel = this.#stream?.channel;
    if (channel === undefined) return;
    while (this.#credit >= this.#frameBytes) {
      const [first] = this.#queue;
      if (first === undefined) return;
      const whole = this.#credit - (this.#credit % this.#frameBytes);
      const length = Math.min(first.length, whole, MAX_BLOCK - (MAX_BLOCK % this.#frameBytes));
      this.#connection.send(channel, first.subarray(0, length));
      if (length === first.length) this.#queue.shift();
      else this.#queue[0] = first.subarray(length);
      this.#queuedBytes -= length;
      this.#credit -= length;
      if (this.#queuedBytes > 0) continue;
      if (this.#draining.size > 0) this.#drain();
      else this.#watchTail();
    }
  }

  #askForMore(): void {
    const frames = Math.floor((this.#credit - this.#queuedBytes) / this.#frameBytes);
    if (frames > 0) this.#events?.wanted?.(frames);
  }

  #watchTail(): void {
    clearTimeout(this.#tail);
    if (this.#isPaused || this.#queuedBytes > 0) return;
    this.#tail = setTimeout(() => {
      if (!this.#isPaused && this.#queuedBytes === 0) this.#drain();
    }, TAIL_MS);
  }

  #drain(): void {
    const stream = this.#stream;
    // A stream that drains takes no second request: the one under way ends after all of the sound.
    if (stream === undefined || this.#isDraining) return;
    this.#isDraining = true;
    const done = (): void => {
      this.#isDraining = false;
      if (this.#queuedBytes === 0) this.#settleDrains();
    };
    // A stream that is gone has nothing left to play.
    commandPlayback(this.#connection, Command.drainPlaybackStream, stream)
      .catch(() => undefined)
      .finally(done);
  }

  #settleDrains(): void {
    for (const resolve of this.#draining) resolve();
    this.#draining.clear();
  }

  #command(command: number, flag?: boolean): void {
    if (this.#stream === undefined || this.#closing !== undefined) return;
    // A stream or a connection that is gone says so by `killed` or `onClose`.
    commandPlayback(this.#connection, command, this.#stream, flag).catch(() => undefined);
  }

  #end(reason: DeviceError): void {
    if (this.#ended !== undefined || this.#closing !== undefined) return;
    this.#ended = reason;
    const events = this.#events;
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream !== undefined) this.#connection.stopListeningToPlayback(stream.channel);
    void this.close();
    events?.ended(reason);
  }

  async #release(): Promise<void> {
    this.#events = undefined;
    clearTimeout(this.#tail);
    this.#forgetConnection();
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#settleDrains();
    const stream = this.#stream;
    if (stream !== undefined) {
      const deleted = commandPlayback(this.#connection, Command.deletePlaybackStream, stream);
      this.#connection.stopListeningToPlayback(stream.channel);
      // Where the stream or its server has gone meanwhile, there is nothing left to stop.
      await deleted.catch(() => undefined);
    }
    this.#lease.release();
  }
}

function specOf({ channelCount, format, sampleRate }: PlaybackConfiguration) {
  return { format: SampleFormat[format], channels: channelCount, rate: sampleRate };
}

function requestFor(
  sinkName: string | null,
  configuration: PlaybackConfiguration,
): PlaybackStreamRequest {
  const { channelCount, lead, sampleRate } = configuration;
  const sampleSpec = specOf(configuration);
  const bytes = (seconds: number) => Math.round(seconds * sampleRate) * frameSize(sampleSpec);
  const isLong = lead >= REQUEST.shortestLong;
  return {
    sinkName,
    sampleSpec,
    channelMap:
      CHANNEL_MAPS[channelCount] ??
      Array.from({ length: channelCount }, (_, channel) => FIRST_AUX + channel),
    targetLength: bytes(lead),
    prebuffer: bytes(Math.min(PREBUFFER, lead)),
    minimumRequest: bytes(isLong ? REQUEST.long : REQUEST.short),
  };
}
