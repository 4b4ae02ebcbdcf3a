import type { EncoderEvents, EncoderSession } from "../../src/contract/encoder.ts";
import { DeviceError } from "../../src/contract/device-error.ts";
import type { MediaTrackSettings } from "../../src/constraints/types.ts";
import { FrameCounter } from "../../src/engine/track/frame-counter.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import type {
  EncoderConfigOf,
  Source,
  Track,
  TrackEvents,
  TrackSink,
} from "../../src/engine/contract.ts";
import type { BesideConfig, EncodedChunk } from "../../src/media/encoding.ts";

/**
 * A track whose encoder gives chunks that were encoded before, when the test says so. For what no
 * real encoder does on demand: chunks at chosen moments, failures.
 */
export class ReplayedTrack implements Track {
  readonly source: Source;
  readonly kind: "audio" | "video";
  readonly settings: MediaTrackSettings;
  readonly convertsPixels = false;
  readonly counts = new FrameCounter(systemClock);
  readyState: "live" | "ended" = "live";
  muted = false;
  enabled = true;
  config: BesideConfig | undefined;
  keyFrameRequests = 0;
  refusal: DeviceError | undefined;
  openings = 0;
  closings = 0;
  paused = false;
  /** The encoder doesn't answer any more. */
  hangs = false;
  readonly #chunks: readonly EncodedChunk[];
  readonly #listeners: TrackEvents["ended"][] = [];
  #events: EncoderEvents | undefined;
  #next = 0;

  constructor(kind: "audio" | "video", chunks: readonly EncodedChunk[] = []) {
    this.kind = kind;
    this.source = { kind, label: `replayed ${kind}`, device: undefined, muted: false };
    this.settings =
      kind === "video"
        ? { width: 320, height: 240, frameRate: 30 }
        : { sampleRate: 48_000, channelCount: 1 };
    this.#chunks = chunks;
  }

  async openEncoder(
    config: BesideConfig | EncoderConfigOf,
    events: EncoderEvents,
  ): Promise<EncoderSession> {
    if (this.refusal) throw this.refusal;
    this.config = typeof config === "function" ? config(this.settings) : config;
    this.openings += 1;
    this.#events = events;
    return {
      setEnabled: () => {},
      setPaused: (paused) => {
        this.paused = paused;
      },
      requestKeyFrame: () => {
        this.keyFrameRequests += 1;
      },
      flush: () => (this.hangs ? new Promise(() => {}) : Promise.resolve()),
      close: () => {
        this.closings += 1;
        this.#events = undefined;
        return Promise.resolve();
      },
    };
  }

  /** Gives the chunks of the fixture up to this moment of it, `offsetUs` later than they were. */
  playUntil(untilUs: number, offsetUs = 0): void {
    for (; this.#next < this.#chunks.length; this.#next += 1) {
      const chunk = this.#chunks[this.#next];
      if (chunk === undefined || chunk.timestamp >= untilUs) return;
      this.give({ ...chunk, timestamp: chunk.timestamp + offsetUs });
    }
  }

  give(chunk: EncodedChunk): void {
    this.#events?.chunk(chunk);
  }

  fail(reason: DeviceError): void {
    this.#events?.error(reason);
  }

  /** The device is unplugged. */
  unplug(): void {
    this.readyState = "ended";
    for (const listener of this.#listeners) listener(new DeviceError("not-found", "unplugged"));
  }

  release(): void {}

  stop(): void {
    this.readyState = "ended";
    this.#events?.ended?.();
  }

  on<Name extends keyof TrackEvents>(name: Name, listener: TrackEvents[Name]): () => void {
    if (name === "ended") this.#listeners.push(listener as TrackEvents["ended"]);
    return () => {
      this.#listeners.splice(this.#listeners.indexOf(listener as TrackEvents["ended"]) >>> 0, 1);
    };
  }

  observeCounts(): void {}

  updateCounts(): void {}

  connect(_sink: TrackSink): () => void {
    return () => {};
  }

  clone(): Track {
    return new ReplayedTrack(this.kind, this.#chunks);
  }

  applySettings(): Promise<void> {
    return Promise.resolve();
  }
}
