import type { Clock, MediaKind } from "../../engine/contract.ts";
import type { EncodedChunk } from "../../media/encoding.ts";
import { AudioPlacement } from "./audio-placement.ts";
import { RecordingTimeline } from "./recording-timeline.ts";

/** What becomes of chunks that have their place. */
export interface AlignmentOutput {
  /** @param timestampUs - on the recording's timeline */
  write(track: number, chunk: EncodedChunk, timestampUs: number): void;
  /** No chunk follows on this track. */
  close(track: number): void;
  /** Nothing can be written of this track before one. */
  requestKeyFrame(track: number): void;
}

interface AlignedTrack {
  readonly placement: AudioPlacement | undefined;
  /** Of the latest chunk, as it was captured. */
  latestUs: number | undefined;
  isClosed: boolean;
  /** After pictures were left out, nothing can be decoded until the next key frame. */
  needsKeyFrame: boolean;
}

/** How long the first chunk of one track waits for those of the others, to agree on the zero. */
const firstChunksTimeoutMs = 1_000;

/**
 * Puts the chunks of all tracks on one timeline: the earliest first chunk is its zero, pauses are cut
 * out, what was captured after the end is left out, and pictures after a cut begin with a key frame.
 */
export class ChunkAlignment {
  readonly #clock: Clock;
  readonly #output: AlignmentOutput;
  readonly #timeline = new RecordingTimeline();
  readonly #tracks: readonly AlignedTrack[];
  #held: { readonly index: number; readonly chunk: EncodedChunk }[] = [];
  #cancelTimeout: (() => void) | undefined;

  constructor(kinds: readonly MediaKind[], clock: Clock, output: AlignmentOutput) {
    this.#clock = clock;
    this.#output = output;
    this.#tracks = kinds.map((kind) => ({
      placement: kind === "audio" ? new AudioPlacement() : undefined,
      latestUs: undefined,
      isClosed: false,
      needsKeyFrame: false,
    }));
  }

  pause(): void {
    this.#timeline.pause(this.#clock.nowUs());
  }

  resume(): void {
    this.#timeline.resume(this.#clock.nowUs());
  }

  /**
   * What is captured from now on is left out; what encoders still have isn't. Files that are read
   * faster than they play, and programs that number their frames as they like, have no moment that
   * is now: theirs isn't cut.
   */
  end(): void {
    const nowUs = this.#clock.nowUs();
    const isOnClock = this.#tracks.every(({ latestUs = nowUs }) => latestUs <= nowUs);
    if (isOnClock) this.#timeline.end(nowUs);
  }

  receive(index: number, chunk: EncodedChunk): void {
    const track = this.#tracks[index];
    if (track === undefined) return;
    track.latestUs = chunk.timestamp;
    if (this.#timeline.hasBegun) {
      this.#write(track, index, chunk);
      return;
    }
    this.#held.push({ index, chunk });
    this.#cancelTimeout ??= this.#clock.setTimeout(() => this.begin(), firstChunksTimeoutMs);
    this.#beginIfComplete();
  }

  /** The track has ended. Its chunks that are held still are written before it is closed. */
  close(index: number): void {
    const track = this.#tracks[index];
    if (track === undefined) return;
    track.isClosed = true;
    if (this.#timeline.hasBegun) this.#output.close(index);
    else this.#beginIfComplete();
  }

  /** Waits no longer for tracks that have given nothing yet. */
  begin(): void {
    this.#cancelTimeout?.();
    if (this.#timeline.hasBegun || this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    this.#timeline.begin(Math.min(...held.map(({ chunk }) => chunk.timestamp)));
    for (const { index, chunk } of held) {
      const track = this.#tracks[index];
      if (track !== undefined) this.#write(track, index, chunk);
    }
    for (const [index, { isClosed }] of this.#tracks.entries()) {
      if (isClosed) this.#output.close(index);
    }
  }

  #beginIfComplete(): void {
    if (this.#tracks.every(({ latestUs, isClosed }) => latestUs !== undefined || isClosed)) {
      this.begin();
    }
  }

  #write(track: AlignedTrack, index: number, chunk: EncodedChunk): void {
    const placedUs = this.#place(track, chunk);
    if (placedUs === undefined) {
      track.needsKeyFrame = track.placement === undefined;
      return;
    }
    if (track.needsKeyFrame && chunk.type !== "key") {
      this.#output.requestKeyFrame(index);
      return;
    }
    track.needsKeyFrame = false;
    this.#output.write(index, chunk, placedUs);
  }

  #place({ placement }: AlignedTrack, { timestamp, duration }: EncodedChunk): number | undefined {
    if (placement === undefined) return this.#timeline.map(timestamp);
    const mappedUs = this.#timeline.map(timestamp, duration);
    return mappedUs === undefined ? undefined : placement.place(mappedUs, duration);
  }
}
