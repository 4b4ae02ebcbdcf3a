import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/track/frame-link.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

type Frame = VideoFrame | AudioData;

/**
 * A track's frames as a ReadableStream. At most `maxBufferSize` wait, the newest ones; who reads a
 * frame closes it. It ends with the track, and cancelling it disconnects from the track.
 *
 * Deviates: when the source itself comes to its end, what waits can still be read, the end of a file
 * as its beginning. As the specification says it is for tracks that were stopped.
 *
 * @param adopt - makes a frame what its reader takes for one
 * @see https://w3c.github.io/mediacapture-transform/#attributes-processor
 */
export function frameStream(
  track: Track,
  maxBufferSize: number,
  adopt: (frame: Frame) => Frame,
): ReadableStream<Frame> {
  const source = new FrameSource(track, maxBufferSize, adopt);
  return new ReadableStream<Frame>(source, { highWaterMark: 0 });
}

/** What fills the stream of a processor. */
class FrameSource implements UnderlyingDefaultSource<Frame> {
  readonly #link: FrameLink;
  readonly #adopt: (frame: Frame) => Frame;
  #controller: ReadableStreamDefaultController<Frame> | undefined;
  #isReading = false;

  constructor(track: Track, maxBufferSize: number, adopt: (frame: Frame) => Frame) {
    this.#adopt = adopt;
    this.#link = new FrameLink(track, maxBufferSize, (by) => {
      if (by === "stop") this.#link.close();
      this.#closeWhenDrained();
    });
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
    else if (frame !== undefined) this.#controller.enqueue(this.#adopt(frame));
    this.#closeWhenDrained();
  }

  cancel(): void {
    this.#controller = undefined;
    this.#link.close();
  }

  /** At once, unless something is unread still: nobody may read again. */
  #closeWhenDrained(): void {
    if (this.#isReading || !this.#link.isDrained) return;
    this.#controller?.close();
    this.#controller = undefined;
  }
}
