import {
  DeviceError,
  type EncoderEvents,
  type EncoderSession,
  type FrameEncoder,
} from "../backends/contract.ts";
import type { EncoderConfig } from "../media/encoding.ts";
import type { Track } from "./contract.ts";
import type { TrackHost } from "./track-host.ts";

/** Raw frames that may wait for an encoder before new pictures are dropped instead. */
const MAX_QUEUED_FRAMES = 8;

/** What a track hears of its encoder. */
export interface TrackEncoderEvents extends EncoderEvents {
  /** A picture came while too many waited, and was left out. */
  dropped(): void;
}

/** An encoder that a track closes properly when it ends: what was captured comes out first. */
export class TrackEncoder implements EncoderSession {
  readonly #session: EncoderSession;
  readonly #halt: () => void;
  readonly #ended: () => void;
  #onClose: () => void = () => undefined;
  #draining: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  /** `halt` keeps further frames from the encoder; idempotent. */
  constructor(session: EncoderSession, halt: () => void, { ended }: EncoderEvents) {
    this.#session = session;
    this.#halt = halt;
    this.#ended = () => ended?.();
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  setEnabled(enabled: boolean): void {
    if (this.#isOpen) this.#session.setEnabled(enabled);
  }

  setPaused(paused: boolean): void {
    if (this.#isOpen) this.#session.setPaused(paused);
  }

  requestKeyFrame(): void {
    if (this.#isOpen) this.#session.requestKeyFrame();
  }

  async flush(): Promise<void> {
    await (this.#draining ?? this.#closing ?? this.#session.flush());
  }

  /** Takes no more frames, and resolves when those it has came out. Never rejects. */
  drain(): Promise<void> {
    if (!this.#isOpen) return this.#draining ?? Promise.resolve();
    this.#halt();
    this.#draining = this.#session.flush().catch(() => undefined);
    void this.#draining.then(this.#ended);
    return this.#draining;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  get #isOpen(): boolean {
    return this.#draining === undefined && this.#closing === undefined;
  }

  async #close(): Promise<void> {
    if (this.#draining === undefined) this.#halt();
    this.#onClose();
    await this.#draining;
    await this.#session.close();
  }
}

/** Beside the capture where the source can, else with the codec service. */
export async function openTrackEncoder(
  track: Track,
  host: TrackHost,
  config: EncoderConfig,
  events: TrackEncoderEvents,
): Promise<TrackEncoder> {
  const beside = await host.openEncoder(config, events);
  if (beside !== undefined) return new TrackEncoder(beside, () => beside.setPaused(true), events);
  if (host.codecs === undefined) {
    throw new DeviceError(
      "missing-dependency",
      `Encoding ${config.codec} needs FFmpeg: install it with "npm install node-av".`,
    );
  }
  const encoder = await host.codecs.openEncoder(config, events);
  const halt = track.connect({ frame: (frame) => feed(encoder, frame, events) });
  return new TrackEncoder(encoder, halt, events);
}

function feed(
  encoder: FrameEncoder,
  frame: Parameters<FrameEncoder["encode"]>[0],
  events: TrackEncoderEvents,
): void {
  // Sound is never dropped: a gap is heard, and its frames are small.
  if ("codedWidth" in frame && encoder.encodeQueueSize >= MAX_QUEUED_FRAMES) {
    frame.close();
    events.dropped();
  } else {
    encoder.encode(frame);
  }
}
