import type { MediaFile } from "../../contract/media-file.ts";
import type { EngineOptions } from "../../engine/contract.ts";
import { ProgramSource } from "../../engine/source/program-source.ts";
import { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { createTrack } from "../../web/track/create-track.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";
import type { Realm } from "../../web/realm/realm.ts";
import { PictureSource } from "../picture-source.ts";

export interface FileSourcesParts extends EngineOptions {
  readonly realm: Realm;
  readonly file: MediaFile;
  readonly showsVideo: boolean;
  /** Its content must not be seen: the tracks are muted. */
  readonly isTainted: boolean;
  /** Somebody new wants pictures. */
  onDemand(): void;
}

/** The tracks of a file that plays, for who captures the element. */
export class FileSources {
  readonly tracks: readonly MediaStreamTrack[];
  readonly #video: ProgramSource | undefined;
  readonly #audio: ProgramSource | undefined;
  readonly #isTainted: boolean;

  constructor({ file, isTainted, onDemand, realm, showsVideo, ...options }: FileSourcesParts) {
    this.#isTainted = isTainted;
    const tracks: MediaStreamTrack[] = [];
    if (file.video && showsVideo) {
      this.#video = new PictureSource(options, onDemand);
      this.#video.setMuted(isTainted);
      const { height, width } = file.video;
      // No rate: what a file says is an average, and no picture is to be left out for it.
      const settings = { width, height, aspectRatio: width / height };
      tracks.push(createTrack(realm, this.#video.openTrack(settings)));
    }
    if (file.audio) {
      this.#audio = new ProgramSource("audio", "", options);
      this.#audio.setMuted(isTainted);
      const { channelCount, sampleRate } = file.audio;
      tracks.push(createTrack(realm, this.#audio.openTrack({ channelCount, sampleRate })));
    }
    this.tracks = tracks;
  }

  /** Shows a frame, which stays the caller's, as of a moment on the clock (µs). */
  push(frame: VideoFrame | AudioData, momentUs: number): void {
    const timestamp = Math.round(momentUs);
    if (frame instanceof VideoFrame) this.#video?.push(new VideoFrame(frame, { timestamp }));
    else this.#audio?.push(new AudioData({ clone: frame, timestamp }));
  }

  /** Sound that can't be played as it is, such as at another rate, is silence. */
  setSilent(silent: boolean): void {
    this.#audio?.setMuted(silent || this.#isTainted);
  }

  /** Playback has ended, or the source is another. */
  end(): void {
    this.#video?.end();
    this.#audio?.end();
  }
}
