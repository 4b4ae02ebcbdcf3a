import type { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Clock, FrameCounts } from "../contract.ts";
import { LatencyMeter } from "./latency-meter.ts";

/** Counts what becomes of the frames that a track gets from its source. */
export class FrameCounter implements FrameCounts {
  readonly latency = new LatencyMeter();
  discarded = 0;
  dropped = 0;
  deliveredUs = 0;
  totalUs = 0;
  readonly #clock: Clock;
  #shown = 0;
  #encoded = 0;
  #lastEncodedUs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A frame that sinks got may have been encoded too. */
  get delivered(): number {
    return Math.max(this.#shown, this.#encoded);
  }

  deliver(frame: VideoFrame | AudioData): void {
    this.#shown += framesIn(frame);
    if (frame instanceof VideoFrame) return;
    this.totalUs += frame.duration;
    this.deliveredUs += frame.duration;
    const capturedUs = frame.timestamp + frame.duration;
    this.latency.add(Math.max(0, this.#clock.nowUs() - capturedUs));
  }

  drop(frame: VideoFrame | AudioData): void {
    this.dropped += framesIn(frame);
    if (!(frame instanceof VideoFrame)) this.totalUs += frame.duration;
  }

  discard(): void {
    this.discarded += 1;
  }

  /** A picture that was delivered is lost after all. */
  lose(): void {
    this.#shown -= 1;
    this.dropped += 1;
  }

  /** A picture came out of an encoder; one that several encoders got is one picture. */
  encode(timestampUs: number): void {
    if (timestampUs <= this.#lastEncodedUs) return;
    this.#lastEncodedUs = timestampUs;
    this.#encoded += 1;
  }
}

function framesIn(frame: VideoFrame | AudioData): number {
  return frame instanceof VideoFrame ? 1 : frame.numberOfFrames;
}
