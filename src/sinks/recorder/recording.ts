import type { EncoderSession } from "../../contract/encoder.ts";
import type { Clock, Track } from "../../engine/contract.ts";
import type { EncodedChunk, EncoderConfig } from "../../media/encoding.ts";
import { AudioPlacement } from "./audio-placement.ts";
import { openMuxer } from "./muxer.ts";
import type { Muxer } from "./muxer.ts";
import type { RecordingTarget } from "./recording-target.ts";
import { RecordingTimeline } from "./recording-timeline.ts";
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
  readonly config: EncoderConfig;
  readonly track: Track;
  readonly placement: AudioPlacement | undefined;
  readonly removeListener: () => void;
  encoder: EncoderSession | undefined;
  hasChunk: boolean;
  /** After pictures were left out, nothing can be decoded until the next key frame. */
  needsKeyFrame: boolean;
  ended: Promise<void> | undefined;
}

/** How long the first chunk of one track waits for those of the others, to agree on the zero. */
const firstChunksTimeoutMs = 1_000;

/** How long an encoder may take to give what it has, and to close. */
const encoderTimeoutMs = 5_000;

/**
 * Encodes tracks and writes them into one container, from {@link Recording.start} to
 * {@link Recording.stop}. Knows nothing of events, states and blobs: that's MediaRecorder.
 */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #events: RecordingEvents;
  readonly #timeline = new RecordingTimeline();
  readonly #inputs: Input[];
  readonly #queue: WriteQueue;
  /** On its way while encoders open, since what is captured meanwhile is recorded too. */
  #muxer: Promise<Muxer> | undefined;
  #held: { readonly index: number; readonly chunk: EncodedChunk }[] = [];
  #cancelTimeout: (() => void) | undefined;
  #failed = false;
  #paused = false;
  #stopped: Promise<void> | undefined;

  constructor(options: RecordingOptions, events: RecordingEvents) {
    this.#options = options;
    this.#events = events;
    this.#queue = new WriteQueue((reason) => this.#fail(reason));
    this.#inputs = trackConfigurations(options.tracks, options).map((config, index) => ({
      config,
      track: options.tracks[index] as Track,
      placement: config.kind === "audio" ? new AudioPlacement() : undefined,
      removeListener: options.tracks[index]?.on("ended", () => this.#endInput(index)) ?? (() => {}),
      encoder: undefined,
      hasChunk: false,
      needsKeyFrame: false,
      ended: undefined,
    }));
  }

  /** Resolves when every encoder is at work. Rejects, with all of them closed, when one isn't had. */
  async start(): Promise<void> {
    const configs = this.#inputs.map((input) => input.config);
    this.#muxer = openMuxer(this.#options.format.container, configs, this.#options.target);
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
    this.#timeline.pause(this.#options.clock.nowUs());
    for (const { encoder } of this.#inputs) encoder?.setPaused(true);
  }

  /** What is captured from now on follows what was captured before the pause. */
  resume(): void {
    this.#paused = false;
    this.#timeline.resume(this.#options.clock.nowUs());
    for (const { encoder } of this.#inputs) encoder?.setPaused(false);
  }

  /** Writes what was captured up to now and ends the container. Idempotent; never rejects. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#finish());
  }

  async #openEncoder(input: Input, index: number): Promise<void> {
    if (input.track.readyState === "ended") return this.#endInput(index);
    const encoder = await input.track.openEncoder(input.config, {
      chunk: (chunk) => this.#receive(index, chunk),
      error: (reason) => this.#fail(reason),
      ended: () => this.#endInput(index),
    });
    if (input.ended !== undefined) return this.#inTime(encoder.close());
    input.encoder = encoder;
    if (this.#paused) encoder.setPaused(true);
  }

  #receive(index: number, chunk: EncodedChunk): void {
    const input = this.#inputs[index];
    if (input === undefined || this.#failed) return;
    input.hasChunk = true;
    if (this.#timeline.hasBegun) {
      this.#write(input, index, chunk);
      return;
    }
    this.#held.push({ index, chunk });
    this.#cancelTimeout ??= this.#options.clock.setTimeout(
      () => this.#begin(),
      firstChunksTimeoutMs,
    );
    this.#beginIfComplete();
  }

  #beginIfComplete(): void {
    if (this.#held.length === 0) return;
    if (this.#inputs.every((input) => input.hasChunk || input.ended !== undefined)) this.#begin();
  }

  /** The earliest first chunk is the zero of the recording. */
  #begin(): void {
    this.#cancelTimeout?.();
    if (this.#timeline.hasBegun) return;
    const held = this.#held;
    this.#held = [];
    if (held.length === 0) return;
    this.#timeline.begin(Math.min(...held.map(({ chunk }) => chunk.timestamp)));
    for (const { index, chunk } of held) {
      const input = this.#inputs[index];
      if (input !== undefined) this.#write(input, index, chunk);
    }
  }

  #write(input: Input, index: number, chunk: EncodedChunk): void {
    const mappedUs = this.#timeline.map(chunk.timestamp);
    const placedUs =
      mappedUs === undefined || input.placement === undefined
        ? mappedUs
        : input.placement.place(mappedUs, chunk.duration);
    if (placedUs === undefined) {
      input.needsKeyFrame = input.config.kind === "video";
      return;
    }
    if (input.needsKeyFrame && chunk.type !== "key") {
      input.encoder?.requestKeyFrame();
      return;
    }
    input.needsKeyFrame = false;
    const { byteLength } = chunk.data;
    this.#queue.add(byteLength, async () => (await this.#muxer)?.add(index, chunk, placedUs));
  }

  #endInput(index: number): Promise<void> {
    const input = this.#inputs[index];
    if (input === undefined) return Promise.resolve();
    return (input.ended ??= this.#closeInput(input, index));
  }

  async #closeInput(input: Input, index: number): Promise<void> {
    input.removeListener();
    // The encoder of a track that has ended may be gone already; what it gave us counts.
    await this.#inTime(input.encoder?.flush());
    await this.#inTime(input.encoder?.close());
    this.#beginIfComplete();
    this.#queue.add(0, async () => (await this.#muxer)?.closeTrack(index));
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
    this.#begin();
    this.#queue.add(0, async () => (await this.#muxer)?.finalize());
    this.#queue.add(0, async () => this.#options.target.flush?.());
    await this.#queue.settled();
  }
}
