import type { DeviceError } from "../../contract/device-error.ts";
import type { LostFrames } from "../../contract/session.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { SourceTrack } from "../track/source-track.ts";

/** The live tracks of a source, and the reports that go to all of them. */
export class TrackList {
  /** Replaced, never changed, so that a delivery under way is not disturbed. */
  #tracks: readonly SourceTrack[] = [];

  get all(): readonly SourceTrack[] {
    return this.#tracks;
  }

  /** True while some track has a sink. */
  get wantsFrames(): boolean {
    return this.#tracks.some((track) => track.wantsFrames);
  }

  /** True while something of the source is shown. */
  get isShown(): boolean {
    return this.#tracks.some((track) => track.enabled);
  }

  add(track: SourceTrack): void {
    this.#tracks = [...this.#tracks, track];
  }

  remove(track: SourceTrack): void {
    this.#tracks = this.#tracks.filter((other) => other !== track);
  }

  /** The source runs in another way: each track takes what it gets now. */
  resettle(): void {
    for (const track of this.#tracks) track.resettle();
  }

  /** The source's pictures changed their size by themselves. */
  follow(size: { readonly width: number; readonly height: number }): void {
    for (const track of this.#tracks) track.follow(size);
  }

  /** Shows the frame to every track, then closes it. */
  deliver(frame: VideoFrame | AudioData): void {
    for (const track of this.#tracks) track.receive(frame);
    frame.close();
  }

  /** Frames of the source never come. */
  lose(lost: LostFrames): void {
    for (const track of this.#tracks) track.lose(lost);
  }

  setMuted(muted: boolean): void {
    for (const track of this.#tracks) track.setMuted(muted);
  }

  /** Ends every track. */
  end(reason: DeviceError | undefined): void {
    const tracks = this.#tracks;
    this.#tracks = [];
    for (const track of tracks) track.end(reason);
  }
}
