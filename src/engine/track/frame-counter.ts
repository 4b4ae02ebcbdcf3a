import type { LeftOut } from "../../contract/encoder.ts";
import type { LostFrames } from "../../contract/session.ts";
import type { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Clock, FrameCounts } from "../contract.ts";
import { LatencyMeter } from "./latency-meter.ts";

/** What became of the frames on one way out of a track: to its sinks, or through an encoder. */
interface Tally {
  delivered: number;
  discarded: number;
  lost: number;
}

/** Counts the pictures that come out of one encoder. */
export interface EncoderTally {
  encode(): void;
  leaveOut(counts: LeftOut): void;
  /** The encoder is closed. */
  close(): void;
}

/**
 * Counts what becomes of the frames that a track gets from its source.
 *
 * The sinks together and each encoder are ways that the same frames take at the same time. Each has
 * a tally, which begins with what the track had counted when the way was opened. A frame counts as
 * delivered that was delivered on one of them.
 */
export class FrameCounter implements FrameCounts {
  readonly latency = new LatencyMeter();
  deliveredUs = 0;
  totalUs = 0;
  readonly #clock: Clock;
  /** What was reached on ways that are closed. */
  readonly #closed: Tally = { delivered: 0, discarded: 0, lost: 0 };
  readonly #encoders = new Set<Tally>();
  #shown: Tally | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get delivered(): number {
    return this.#most(({ delivered }) => delivered);
  }

  get discarded(): number {
    return this.#most(({ discarded }) => discarded);
  }

  get dropped(): number {
    const total = this.#most(({ delivered, discarded, lost }) => delivered + discarded + lost);
    return Math.max(0, total - this.delivered - this.discarded);
  }

  /** Whether frames come to be shown to sinks, or to be counted. */
  setShown(shown: boolean): void {
    if (shown) this.#shown ??= this.#begin();
    else if (this.#shown !== undefined) {
      this.#fold(this.#shown);
      this.#shown = undefined;
    }
  }

  deliver(frame: VideoFrame | AudioData): void {
    if (this.#shown !== undefined) this.#shown.delivered += framesIn(frame);
    if (frame instanceof VideoFrame) return;
    this.totalUs += frame.duration;
    this.deliveredUs += frame.duration;
    const capturedUs = frame.timestamp + frame.duration;
    this.latency.add(Math.max(0, this.#clock.nowUs() - capturedUs));
  }

  /** No sink took the frame. */
  drop(frame: VideoFrame | AudioData): void {
    if (this.#shown !== undefined) this.#shown.lost += framesIn(frame);
    if (!(frame instanceof VideoFrame)) this.totalUs += frame.duration;
  }

  /** Frames that never came to be shown. */
  lose({ count, durationUs = 0, samples = count }: LostFrames): void {
    if (this.#shown !== undefined) this.#shown.lost += samples;
    this.totalUs += durationUs;
  }

  discard(): void {
    if (this.#shown !== undefined) this.#shown.discarded += 1;
  }

  /** A picture that was delivered is lost after all. */
  retract(): void {
    if (this.#shown === undefined) return;
    this.#shown.delivered -= 1;
    this.#shown.lost += 1;
  }

  /** Counts what comes out of an encoder too. */
  openEncoder(): EncoderTally {
    const tally = this.#begin();
    this.#encoders.add(tally);
    return {
      encode: () => {
        tally.delivered += 1;
      },
      leaveOut: ({ discarded, lost }) => {
        tally.discarded += discarded;
        tally.lost += lost;
      },
      close: () => {
        if (this.#encoders.delete(tally)) this.#fold(tally);
      },
    };
  }

  #begin(): Tally {
    const { delivered, discarded, dropped: lost } = this;
    return { delivered, discarded, lost };
  }

  #fold(tally: Tally): void {
    const { delivered, discarded, dropped } = this;
    const total = delivered + discarded + dropped;
    this.#closed.delivered = Math.max(delivered, tally.delivered);
    this.#closed.discarded = Math.max(discarded, tally.discarded);
    const { delivered: shown, discarded: left } = this.#closed;
    const most = Math.max(total, tally.delivered + tally.discarded + tally.lost);
    this.#closed.lost = Math.max(0, most - shown - left);
  }

  #most(countOf: (tally: Tally) => number): number {
    let most = countOf(this.#closed);
    for (const tally of this.#encoders) most = Math.max(most, countOf(tally));
    return this.#shown === undefined ? most : Math.max(most, countOf(this.#shown));
  }
}

function framesIn(frame: VideoFrame | AudioData): number {
  return frame instanceof VideoFrame ? 1 : frame.numberOfFrames;
}
