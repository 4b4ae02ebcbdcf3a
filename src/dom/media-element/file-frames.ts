import type { MediaFile } from "../../contract/media-file.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { TrackFeed, type TrackFeedEvents } from "./track-feed.ts";

/** The pictures and the sound of a file, read ahead of where it plays, in order of time. */
export class FileFrames {
  readonly #file: MediaFile;
  readonly #feeds: readonly TrackFeed[];
  readonly #waiting: (() => void)[] = [];
  /** Resolves when the seeks so far have been through. */
  #sought: Promise<void> = Promise.resolve();

  /** @param showsVideo - false where its pictures are of no use */
  constructor(file: MediaFile, showsVideo: boolean, events: TrackFeedEvents) {
    this.#file = file;
    const kinds: ("video" | "audio")[] = [];
    if (file.video && showsVideo) kinds.push("video");
    if (file.audio) kinds.push("audio");
    const filled = (): void => {
      if (!this.isDry) for (const resolve of this.#waiting.splice(0)) resolve();
      events.filled();
    };
    this.#feeds = kinds.map((media) => new TrackFeed(file, media, { ...events, filled }));
  }

  /** Whether frames of a track are missing, though more are to come. */
  get isDry(): boolean {
    return this.#feeds.some((feed) => feed.isDry);
  }

  /** µs: where the next frame belongs; Infinity where none waits */
  get nextUs(): number {
    return Math.min(...this.#feeds.map(({ nextUs = Infinity }) => nextUs));
  }

  /** µs: up to where there are frames of every track, as far as they have been read */
  get readUs(): number {
    const dry = this.#feeds.filter(({ isDry }) => isDry);
    return Math.min(...dry.map(({ givenUs }) => givenUs));
  }

  /** Goes on from elsewhere; resolves when frames of there have been read. */
  async seek(positionUs: number): Promise<void> {
    const before = this.#sought;
    this.#sought = before.then(async () => {
      await Promise.all(this.#feeds.map((feed) => feed.clear(positionUs)));
      await this.#file.seek(positionUs);
      await this.fill();
    });
    const seeking = this.#sought;
    this.#sought = seeking.catch(() => undefined);
    await seeking;
  }

  /** Resolves when there is a frame of each track that has one. */
  async fill(): Promise<void> {
    for (const feed of this.#feeds) feed.fill();
    if (this.isDry) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Takes the next frame that is due at this position, if one is. */
  take(positionUs: number): VideoFrame | AudioData | undefined {
    const feed = this.#feeds.toSorted(byNext)[0];
    if ((feed?.nextUs ?? Infinity) > positionUs) return undefined;
    return feed?.shift();
  }

  /** Takes the picture that is shown at the position that was sought, if there is any. */
  takePicture(): VideoFrame | undefined {
    const video = this.#feeds.find(({ media }) => media === "video");
    return video?.shift() as VideoFrame | undefined;
  }

  async close(): Promise<void> {
    for (const resolve of this.#waiting.splice(0)) resolve();
    await Promise.all(this.#feeds.map((feed) => feed.clear()));
  }
}

function byNext(one: TrackFeed, other: TrackFeed): number {
  return (one.nextUs ?? Infinity) - (other.nextUs ?? Infinity);
}
