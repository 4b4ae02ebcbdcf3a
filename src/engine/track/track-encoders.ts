import type { EncoderEvents, EncoderSession } from "../../contract/encoder.ts";
import type { BesideConfig } from "../../media/encoding.ts";
import type { EncoderConfigOf } from "../contract.ts";
import type { EncoderTally, FrameCounter } from "./frame-counter.ts";
import type { SourceTrack } from "./source-track.ts";
import { openTrackEncoder, type TrackEncoder, type TrackEncoderEvents } from "./track-encoder.ts";
import type { TrackHost } from "./track-host.ts";

export interface TrackEncodersParts {
  readonly track: SourceTrack;
  readonly host: TrackHost;
  readonly counter: FrameCounter;
  /** An encoder was opened or closed, or couldn't be opened. */
  readonly changed: () => void;
}

/** The encoders of a track: they follow its state, their pictures count, and it drains them as it ends. */
export class TrackEncoders {
  readonly #parts: TrackEncodersParts;
  readonly #open = new Set<TrackEncoder>();
  #opening = 0;

  constructor(parts: TrackEncodersParts) {
    this.#parts = parts;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Whether one is open or being opened. */
  get isUsed(): boolean {
    return this.#open.size > 0 || this.#opening > 0;
  }

  /** @throws DeviceError */
  async open(
    config: BesideConfig | EncoderConfigOf,
    events: EncoderEvents,
  ): Promise<EncoderSession> {
    const { changed, counter, host, track } = this.#parts;
    const tally = counter.openEncoder();
    this.#opening += 1;
    try {
      const encoder = await openTrackEncoder(track, host, config, this.#counted(events, tally));
      this.#open.add(encoder);
      encoder.onClose(() => {
        this.#open.delete(encoder);
        tally.close();
        changed();
      });
      // What changed while it was being opened.
      encoder.setEnabled(track.enabled);
      this.#settle(encoder);
      if (track.readyState === "ended") void encoder.drain();
      return encoder;
    } catch (error) {
      tally.close();
      throw error;
    } finally {
      this.#opening -= 1;
      changed();
    }
  }

  setEnabled(enabled: boolean): void {
    for (const encoder of this.#open) encoder.setEnabled(enabled);
  }

  /** The track's settings are others. */
  settle(): void {
    for (const encoder of this.#open) this.#settle(encoder);
  }

  /** Resolves when all have come to their end. Never rejects. */
  async drain(): Promise<void> {
    await Promise.all(Array.from(this.#open, (encoder) => encoder.drain()));
  }

  #settle(encoder: TrackEncoder): void {
    const { processing, view } = this.#parts.track;
    encoder.setProcessing(processing);
    encoder.setView(view);
  }

  /** Pictures of disabled times don't count. */
  #counted(events: EncoderEvents, tally: EncoderTally): TrackEncoderEvents {
    const { counter, track } = this.#parts;
    const isCounted = (): boolean => track.kind === "video" && track.enabled;
    return {
      chunk: (chunk) => {
        if (isCounted()) tally.encode();
        events.chunk(chunk);
      },
      leftOut: (counts) => {
        if (isCounted()) tally.leaveOut(counts);
        events.leftOut?.(counts);
      },
      error: (reason) => events.error(reason),
      ended: () => events.ended?.(),
      dropped: () => counter.retract(),
    };
  }
}
