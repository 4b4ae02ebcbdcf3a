import type { FrameEncoder } from "../../contract/encoder.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** Pictures that are kept at most: a second of most cameras, some 40 MB at 1280x720. */
const MAX_PICTURES = 32;

/**
 * What a track shows while its encoder is being opened, which takes a process to start: without it
 * the first moments of a recording would be lost. All sound is kept; of more pictures than there is
 * room for, every second one, so that they still span the whole time.
 */
export class EarlyFrames {
  readonly #onDropped: () => void;
  #frames: (VideoFrame | AudioData)[] = [];

  constructor(onDropped: () => void) {
    this.#onDropped = onDropped;
  }

  /** Takes the frame over. */
  add(frame: VideoFrame | AudioData): void {
    this.#frames.push(frame);
    if ("codedWidth" in frame && this.#frames.length > MAX_PICTURES) this.#thin();
  }

  /** Hands all frames to the encoder, and says how many they were. */
  encodeWith(encoder: FrameEncoder): number {
    const frames = this.#frames;
    this.#frames = [];
    for (const frame of frames) encoder.encode(frame);
    return frames.length;
  }

  close(): void {
    for (const frame of this.#frames) frame.close();
    this.#frames = [];
  }

  #thin(): void {
    const isKept = (index: number): boolean => index % 2 === 0;
    for (const [index, frame] of this.#frames.entries()) {
      if (isKept(index)) continue;
      frame.close();
      this.#onDropped();
    }
    this.#frames = this.#frames.filter((_frame, index) => isKept(index));
  }
}
