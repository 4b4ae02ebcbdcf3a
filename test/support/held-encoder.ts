import type { FrameEncoder } from "../../src/contract/encoder.ts";
import type { AudioData } from "../../src/media/audio-data.ts";
import type { VideoFrame } from "../../src/media/video-frame.ts";

/** An encoder that holds what it gets until {@link HeldEncoder.work} is called. */
export class HeldEncoder implements FrameEncoder {
  readonly #queue: (VideoFrame | AudioData)[] = [];
  /** Of everything that it ever got, µs, in order. */
  readonly timestamps: number[] = [];

  get encodeQueueSize(): number {
    return this.#queue.length;
  }

  encode(frame: VideoFrame | AudioData): void {
    this.timestamps.push(frame.timestamp);
    this.#queue.push(frame);
  }

  /** Encodes as many frames, or all. */
  work(count = this.#queue.length): void {
    for (const frame of this.#queue.splice(0, count)) frame.close();
  }

  setEnabled(): void {}
  setPaused(): void {}
  requestKeyFrame(): void {}
  async flush(): Promise<void> {
    this.work();
  }
  async close(): Promise<void> {
    this.work();
  }
}
