import { TrackOutput, type TrackOutputParts } from "../../sinks/output/track-output.ts";
import { mediaStreamBrand, watchTrackSet } from "../stream/media-stream-slots.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";

interface StreamOutputParts extends TrackOutputParts {
  /** Its last audio track has ended. */
  ended(): void;
}

/** Plays every audio track of a stream, those included that are added to it. */
export class StreamOutput {
  readonly #stream: MediaStream;
  readonly #parts: StreamOutputParts;
  readonly #outputs = new Map<MediaStreamTrack, TrackOutput>();
  readonly #stopWatching: () => void;
  #isClosed = false;

  constructor(stream: MediaStream, parts: StreamOutputParts) {
    this.#stream = stream;
    this.#parts = parts;
    this.#stopWatching = watchTrackSet(mediaStreamBrand.slotsOf(stream), () => this.#follow());
    this.#follow();
  }

  /** Another volume: what waits is played at it, where that can be had anew. */
  gainChanged(): void {
    for (const [track, output] of this.#outputs) {
      if (mediaStreamTrackBrand.slotsOf(track).track.source.ahead) output.restart();
    }
  }

  /** Stops at once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWatching();
    await Promise.all(Array.from(this.#outputs.values(), (output) => output.close()));
  }

  #follow(): void {
    const tracks = new Set<MediaStreamTrack>(this.#stream.getAudioTracks());
    for (const [track, output] of this.#outputs) {
      if (tracks.has(track)) continue;
      void output.close();
      this.#outputs.delete(track);
    }
    for (const track of tracks) if (!this.#outputs.has(track)) this.#play(track);
  }

  #play(track: MediaStreamTrack): void {
    const { track: source } = mediaStreamTrackBrand.slotsOf(track);
    if (source.readyState === "ended") return;
    this.#outputs.set(
      track,
      new TrackOutput(source, { ...this.#parts, ended: () => this.#end(track) }),
    );
  }

  #end(track: MediaStreamTrack): void {
    this.#outputs.delete(track);
    if (this.#isClosed || this.#outputs.size > 0) return;
    void this.close();
    this.#parts.ended();
  }
}
