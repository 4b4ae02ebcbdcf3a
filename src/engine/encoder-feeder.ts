import type { FrameEncoder } from "../backends/contract.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";

/** Raw frames that may wait for an encoder before new pictures are dropped instead. */
const MAX_QUEUED_FRAMES = 8;

/** Hands frames to an encoder, and leaves pictures out while too many wait. */
export class EncoderFeeder {
  readonly #encoder: FrameEncoder;
  /** More than usual until those that it started with are worked off. */
  #limit: number;

  /** @param early frames that the encoder has already */
  constructor(encoder: FrameEncoder, early: number) {
    this.#encoder = encoder;
    this.#limit = MAX_QUEUED_FRAMES + early;
  }

  /** Takes the frame over. False if it was left out. */
  feed(frame: VideoFrame | AudioData): boolean {
    const { encodeQueueSize } = this.#encoder;
    if (encodeQueueSize < MAX_QUEUED_FRAMES) this.#limit = MAX_QUEUED_FRAMES;
    // Sound is never dropped: a gap is heard, and its frames are small.
    if ("codedWidth" in frame && encodeQueueSize >= this.#limit) {
      frame.close();
      return false;
    }
    this.#encoder.encode(frame);
    return true;
  }
}
