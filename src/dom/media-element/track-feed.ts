import type { MediaFile } from "../../contract/media-file.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** Frames that are read ahead: pictures of a quarter of a second as a rule, sound of a half. */
const AHEAD = { video: 8, audio: 24 } as const;

export interface TrackFeedEvents {
  /** Frames have come, or there are none any more. */
  filled(): void;
  failed(error: unknown): void;
}

/** The frames of a file's track, read some way ahead of where it plays. */
export class TrackFeed {
  readonly media: "video" | "audio";
  readonly #file: MediaFile;
  readonly #events: TrackFeedEvents;
  #frames: (VideoFrame | AudioData)[] = [];
  #reading: Promise<void> | undefined;
  #isAtEnd = false;
  #givenUs = 0;
  /** Raised when what is being read isn't wanted any more. */
  #generation = 0;

  constructor(file: MediaFile, media: "video" | "audio", events: TrackFeedEvents) {
    this.#file = file;
    this.media = media;
    this.#events = events;
  }

  /** µs: where the next frame belongs; undefined where none waits */
  get nextUs(): number | undefined {
    return this.#frames[0]?.timestamp;
  }

  /** Whether no frame waits, though more are to come. */
  get isDry(): boolean {
    return this.#frames.length === 0 && !this.#isAtEnd;
  }

  /** µs: where the frame belongs that was taken last */
  get givenUs(): number {
    return this.#givenUs;
  }

  /** Takes the next frame. */
  shift(): VideoFrame | AudioData | undefined {
    const frame = this.#frames.shift();
    if (frame) this.#givenUs = frame.timestamp;
    this.fill();
    return frame;
  }

  /** Reads more, if there is room for it. */
  fill(): void {
    const ahead = AHEAD[this.media];
    if (this.#reading || this.#isAtEnd || this.#frames.length > ahead / 2) return;
    const generation = this.#generation;
    this.#reading = this.#read(ahead - this.#frames.length, generation).catch((error: unknown) => {
      this.#reading = undefined;
      if (generation === this.#generation) this.#events.failed(error);
    });
  }

  /** Gives up what it has, to go on at this moment; resolves when nothing is being read any more. */
  async clear(positionUs = 0): Promise<void> {
    this.#generation += 1;
    this.#isAtEnd = false;
    this.#givenUs = positionUs;
    for (const frame of this.#frames.splice(0)) frame.close();
    await this.#reading;
  }

  async #read(count: number, generation: number): Promise<void> {
    const frames = await this.#file.read(this.media, count);
    this.#reading = undefined;
    if (generation !== this.#generation) {
      for (const frame of frames) frame.close();
      return;
    }
    this.#frames.push(...frames);
    this.#isAtEnd = frames.length < count;
    this.#events.filled();
  }
}
