import type { EncoderSession } from "../../contract/encoder.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { Clock, EncoderConfigOf, Track } from "../../engine/contract.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import { ChunkAlignment } from "./chunk-alignment.ts";
import { openMuxer } from "./muxing/muxer.ts";
import type { Muxer } from "./muxing/muxer.ts";
import type { RecordingTarget } from "./recording-target.ts";
import { trackConfigurations } from "./track-configurations.ts";
import type { RecordingSettings } from "./track-configurations.ts";
import { WriteQueue } from "./write-queue.ts";

export interface RecordingOptions extends RecordingSettings {
  readonly tracks: readonly Track[];
  readonly clock: Clock;
  readonly target: RecordingTarget;
}

export interface RecordingEvents {
  /** Nothing more can be gathered; what was written so far stays playable. Called once at most. */
  failed(reason: Error): void;
  /** Every recorded track has ended. */
  ended(): void;
}

/** One track on its way into the container. */
interface Input {
  /** Final when the first chunk comes, since the encoder may follow the first frame. */
  config: EncoderConfig;
  readonly configOf: EncoderConfigOf;
  readonly track: Track;
  readonly removeListener: () => void;
  encoder: EncoderSession | undefined;
  ended: Promise<void> | undefined;
}

/** How long an encoder may take to give what it has, and to close. */
const encoderTimeoutMs = 5_000;

/**
 * Encodes tracks and writes them into one container, from {@link Recording.start} to
 * {@link Recording.stop}. Knows nothing of events, states and blobs: that's MediaRecorder.
 */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #events: RecordingEvents;
  readonly #inputs: Input[];
  readonly #queue: WriteQueue;
  readonly #alignment: ChunkAlignment;
  /** On its way while encoders open, since what is captured meanwhile is recorded too. */
  #muxer: Promise<Muxer> | undefined;
  #failed = false;
  #paused = false;
  #isHalted = false;
  #stopped: Promise<void> | undefined;

  constructor(options: RecordingOptions, events: RecordingEvents) {
    const { clock, tracks } = options;
    this.#options = options;
    this.#events = events;
    this.#queue = new WriteQueue((reason) => this.#fail(reason));
    const configurations = trackConfigurations(tracks, options);
    this.#inputs = tracks.map((track, index) => {
      const configOf = configurations[index] as EncoderConfigOf;
      return {
        config: configOf(track.settings),
        configOf,
        track,
        removeListener: track.on("ended", () => this.#endInput(index)),
        encoder: undefined,
        ended: undefined,
      };
    });
    const kinds = tracks.map(({ kind }) => kind);
    this.#alignment = new ChunkAlignment(kinds, clock, {
      write: (index, chunk, timestampUs) => {
        const { byteLength } = chunk.data;
        this.#queue.add(byteLength, async () =>
          (await this.#muxer)?.add(index, chunk, timestampUs),
        );
      },
      close: (index) => this.#queue.add(0, async () => (await this.#muxer)?.closeTrack(index)),
      requestKeyFrame: (index) => this.#inputs[index]?.encoder?.requestKeyFrame(),
    });
  }

  /** Resolves when every encoder is at work. Rejects, with all of them closed, when one isn't had. */
  async start(): Promise<void> {
    this.#muxer = openMuxer(this.#options.format.container, this.#inputs, this.#options.target);
    const opened = await Promise.allSettled([
      this.#muxer,
      ...this.#inputs.map((input, index) => this.#openEncoder(input, index)),
    ]);
    const refused = opened.find((result) => result.status === "rejected");
    if (refused === undefined) return;
    this.#failed = true;
    await this.stop();
    throw refused.reason;
  }

  /** What is captured from now on is left out. */
  pause(): void {
    this.#paused = true;
    this.#alignment.pause();
    this.#pauseEncoders();
  }

  /** What is captured from now on follows what was captured before the pause. */
  resume(): void {
    this.#paused = false;
    this.#alignment.resume();
    this.#pauseEncoders();
  }

  /** Nothing that is captured from now on is recorded, however long encoders take. Idempotent. */
  halt(): void {
    if (this.#isHalted) return;
    this.#isHalted = true;
    this.#alignment.end();
  }

  /** Writes what was captured up to now and ends the container. Idempotent; never rejects. */
  stop(): Promise<void> {
    this.halt();
    return (this.#stopped ??= this.#finish());
  }

  async #openEncoder(input: Input, index: number): Promise<void> {
    if (input.track.readyState === "ended") return this.#endInput(index);
    const configOf = (settings: MediaTrackSettings): EncoderConfig => {
      input.config = input.configOf(settings);
      return input.config;
    };
    const encoder = await input.track.openEncoder(configOf, {
      chunk: (chunk) => {
        if (!this.#failed) this.#alignment.receive(index, chunk);
      },
      error: (reason) => this.#fail(reason),
      ended: () => this.#endInput(index),
    });
    if (input.ended !== undefined) return this.#inTime(encoder.close());
    input.encoder = encoder;
    this.#pauseEncoders();
  }

  /**
   * Sound is encoded through a pause and left out after, since its chunks keep their distances then:
   * each encoder that is paused ends its chunk with silence and begins the next anywhere.
   */
  #pauseEncoders(): void {
    for (const { encoder, track } of this.#inputs) {
      if (track.kind === "video") encoder?.setPaused(this.#paused);
    }
  }

  #endInput(index: number): Promise<void> {
    const input = this.#inputs[index];
    if (input === undefined) return Promise.resolve();
    return (input.ended ??= this.#closeInput(input, index));
  }

  async #closeInput(input: Input, index: number): Promise<void> {
    input.removeListener();
    // The encoder of a track that has ended may be gone already; what it gave us counts.
    const flushed = input.encoder?.flush();
    // One that is behind needn't encode what comes after, too.
    input.encoder?.setPaused(true);
    await this.#inTime(flushed);
    await this.#inTime(input.encoder?.close());
    this.#alignment.close(index);
    const allEnded = this.#inputs.every((other) => other.ended !== undefined);
    if (allEnded && this.#stopped === undefined) this.#events.ended();
  }

  /** An encoder that failed or hangs must not keep the file from being finished. */
  async #inTime(work: Promise<void> = Promise.resolve()): Promise<void> {
    let cancelTimeout = (): void => {};
    const timeout = new Promise<void>((resolve) => {
      cancelTimeout = this.#options.clock.setTimeout(resolve, encoderTimeoutMs);
    });
    await Promise.race([work.catch(() => {}), timeout]);
    cancelTimeout();
  }

  #fail(reason: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#events.failed(reason);
  }

  async #finish(): Promise<void> {
    await Promise.all(this.#inputs.map((_input, index) => this.#endInput(index)));
    this.#alignment.begin();
    this.#queue.add(0, async () => (await this.#muxer)?.finalize());
    this.#queue.add(0, async () => this.#options.target.flush?.());
    await this.#queue.settled();
  }
}
