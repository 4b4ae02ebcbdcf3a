import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/frame-link.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

type Frame = VideoFrame | AudioData;

/**
 * A track's frames as a ReadableStream. At most `maxBufferSize` wait, the newest ones; who reads a
 * frame closes it. It ends with the track, and cancelling it disconnects from the track.
 *
 * @see https://w3c.github.io/mediacapture-transform/#attributes-processor
 */
export function frameStream(track: Track, maxBufferSize: number): ReadableStream<Frame> {
  return new ReadableStream<Frame>(new FrameSource(track, maxBufferSize), { highWaterMark: 0 });
}

/** What fills the stream of a processor. */
class FrameSource implements UnderlyingDefaultSource<Frame> {
  readonly #link: FrameLink;
  #controller: ReadableStreamDefaultController<Frame> | undefined;
  #isReading = false;

  constructor(track: Track, maxBufferSize: number) {
    this.#link = new FrameLink(track, maxBufferSize, () => this.#closeWhenDrained());
  }

  start(controller: ReadableStreamDefaultController<Frame>): void {
    this.#controller = controller;
    this.#closeWhenDrained();
  }

  /**
   * Called when a read waits, and not again before this promise resolves: processorPull with its
   * count of pending reads.
   */
  async pull(): Promise<void> {
    this.#isReading = true;
    const frame = await this.#link.read();
    this.#isReading = false;
    // It was cancelled while the frame was on its way.
    if (this.#controller === undefined) frame?.close();
    else if (frame !== undefined) this.#controller.enqueue(frame);
    this.#closeWhenDrained();
  }

  cancel(): void {
    this.#controller = undefined;
    this.#link.close();
  }

  /** At once with the track's end, unless something of it is unread still: nobody may read again. */
  #closeWhenDrained(): void {
    if (this.#isReading || !this.#link.isDrained) return;
    this.#controller?.close();
    this.#controller = undefined;
  }
}
