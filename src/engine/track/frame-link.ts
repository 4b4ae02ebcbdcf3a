import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { Track } from "../contract.ts";

/**
 * A bounded queue between a track and a sink that reads at its own pace. When it is full the
 * oldest frame is dropped and closed, so that a slow reader sees the present.
 */
export class FrameLink {
  readonly #maxSize: number;
  readonly #queue: (VideoFrame | AudioData)[] = [];
  readonly #waiting: ((frame: VideoFrame | AudioData | undefined) => void)[] = [];
  readonly #disconnect: () => void;
  readonly #onEnd: (by: "stop" | "source") => void;
  #ended: boolean;
  #dropped = 0;

  /** @param onEnd - the track has ended; what waits can still be read */
  constructor(
    track: Track,
    maxSize: number,
    onEnd: (by: "stop" | "source") => void = () => undefined,
  ) {
    this.#maxSize = maxSize;
    this.#onEnd = onEnd;
    this.#ended = track.readyState === "ended";
    this.#disconnect = track.connect({
      frame: (frame) => this.#push(frame),
      lost: (count) => {
        this.#dropped += count;
      },
      ended: (by) => this.#end(by),
    });
  }

  /** Frames that the reader misses: it was too slow, or they were lost before they came here. */
  get dropped(): number {
    return this.#dropped;
  }

  get size(): number {
    return this.#queue.length;
  }

  /** True after the track's last frame was read. */
  get isDrained(): boolean {
    return this.#ended && this.#queue.length === 0;
  }

  /** The oldest frame, which the caller closes; nothing after the track's last. */
  async read(): Promise<VideoFrame | AudioData | undefined> {
    const frame = this.#queue.shift();
    if (frame !== undefined || this.#ended) return frame;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Disconnects, and closes what wasn't read. */
  close(): void {
    this.#disconnect();
    this.#end("stop");
    for (const frame of this.#queue.splice(0)) frame.close();
  }

  /** False where it dropped one for this one. */
  #push(frame: VideoFrame | AudioData): boolean {
    const reader = this.#waiting.shift();
    if (reader !== undefined) {
      reader(frame);
      return true;
    }
    this.#queue.push(frame);
    if (this.#queue.length <= this.#maxSize) return true;
    this.#queue.shift()?.close();
    this.#dropped += 1;
    return false;
  }

  #end(by: "stop" | "source"): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    this.#onEnd(by);
  }
}
