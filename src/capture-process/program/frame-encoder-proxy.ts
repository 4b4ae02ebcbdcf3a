import type { EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { CaptureProcess } from "./capture-process.ts";
import { EncoderProxy } from "./encoder-proxy.ts";
import { frameToWire } from "./frame-to-wire.ts";

/** An encoder in a capture process that the program hands its frames to. */
export class FrameEncoderProxy extends EncoderProxy implements FrameEncoder {
  readonly #onClosed: (proxy: FrameEncoderProxy) => void;
  #encodeQueueSize = 0;

  constructor(
    process: CaptureProcess,
    encoder: number,
    events: EncoderEvents,
    onClosed: (proxy: FrameEncoderProxy) => void,
  ) {
    super(process, encoder, events);
    this.#onClosed = onClosed;
  }

  get encodeQueueSize(): number {
    return this.#encodeQueueSize;
  }

  encode(frame: VideoFrame | AudioData): void {
    const { header, payload } = frameToWire(frame);
    this.#encodeQueueSize += 1;
    const { encoder } = this;
    this.process.notify({ type: "encode", encoder, frame: header }, payload, () => frame.close());
  }

  override async close(): Promise<void> {
    await super.close();
    this.#onClosed(this);
  }

  /** That many frames are done. */
  encoded(count: number): void {
    this.#encodeQueueSize -= count;
  }
}
