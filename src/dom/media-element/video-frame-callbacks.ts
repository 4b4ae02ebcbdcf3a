/** Metadata of a presented frame. */
export interface VideoFrameCallbackMetadata {
  /** ms, on the clock of `performance.now()` */
  readonly presentationTime: number;
  /** ms */
  readonly expectedDisplayTime: number;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Seconds */
  readonly mediaTime: number;
  readonly presentedFrames: number;
}

export type VideoFrameRequestCallback = (now: number, metadata: VideoFrameCallbackMetadata) => void;

/**
 * The callbacks that wait for an element's next frame.
 * @see https://wicg.github.io/video-rvfc/
 */
export class VideoFrameCallbacks {
  #lastHandle = 0;
  #callbacks = new Map<number, VideoFrameRequestCallback>();

  /** Whether a presented frame would be told to anybody. */
  get isEmpty(): boolean {
    return this.#callbacks.size === 0;
  }

  request(callback: VideoFrameRequestCallback): number {
    this.#lastHandle += 1;
    this.#callbacks.set(this.#lastHandle, callback);
    return this.#lastHandle;
  }

  cancel(handle: number): void {
    this.#callbacks.delete(handle);
  }

  /** Calls each once; those that ask again are called for the next frame. */
  run(metadata: VideoFrameCallbackMetadata, report: (error: unknown) => void): void {
    const callbacks = this.#callbacks;
    this.#callbacks = new Map();
    for (const callback of callbacks.values()) {
      try {
        callback(metadata.presentationTime, metadata);
      } catch (error) {
        report(error);
      }
    }
  }
}
