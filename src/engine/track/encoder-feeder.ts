import type { FrameEncoder } from "../../contract/encoder.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** Raw frames that may wait for an encoder before new pictures are dropped instead. */
const MAX_QUEUED_FRAMES = 8;

/** Hands frames to an encoder, and leaves pictures out while too many wait. */
export class EncoderFeeder {
  readonly #encoder: FrameEncoder;
  /**
   * More than usual at first, for the frames that it started with, and less with each picture: an
   * encoder that is no faster than the camera would never come to the present, and a recording that
   * is broken off would lack as much as waits.
   */
  #limit: number;

  /** @param early frames that the encoder has already */
  constructor(encoder: FrameEncoder, early: number) {
    this.#encoder = encoder;
    this.#limit = MAX_QUEUED_FRAMES + early;
  }

  /** Takes the frame over. False if it was left out. */
  feed(frame: VideoFrame | AudioData): boolean {
    // Sound is never dropped: a gap is heard, and its frames are small.
    if ("codedWidth" in frame) {
      const limit = this.#limit;
      this.#limit = Math.max(MAX_QUEUED_FRAMES, limit - 1);
      if (this.#encoder.encodeQueueSize >= limit) {
        frame.close();
        return false;
      }
    }
    this.#encoder.encode(frame);
    return true;
  }
}
