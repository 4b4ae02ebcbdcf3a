import type { EncodedChunk, EncoderConfig } from "../../../media/encoding.ts";
import type { ContainerName } from "../containers.ts";
import type { RecordingTarget } from "../recording-target.ts";

/** A track as a muxer sees it. */
export interface MuxedTrack {
  /** Its sizes, rate and channels are final when the track's first chunk is added. */
  readonly config: EncoderConfig;
}

/** Writes encoded chunks into a container. */
export interface Muxer {
  /**
   * Adds a chunk to the track with this index. Resolves when it has been written, or is held until
   * the other tracks have caught up.
   *
   * @param timestampUs - on the recording's timeline; `chunk.timestamp` isn't looked at
   */
  add(track: number, chunk: EncodedChunk, timestampUs: number): Promise<void>;
  /** No chunk follows on this track, so that others needn't be held back for it. */
  closeTrack(track: number): Promise<void>;
  /** Writes what is held and what the container wants at its end. */
  finalize(): Promise<void>;
}

/**
 * Opens a muxer whose output can be appended to a stream and is playable up to wherever it ends.
 * The muxing library is loaded with the first of them.
 */
export async function openMuxer(
  container: ContainerName,
  tracks: readonly MuxedTrack[],
  target: RecordingTarget,
): Promise<Muxer> {
  if (container === "wav") {
    const { WavMuxer } = await import("./wav-muxer.ts");
    return new WavMuxer(tracks, target);
  }
  const { openMediabunnyMuxer } = await import("./mediabunny-muxer.ts");
  return await openMediabunnyMuxer(container, tracks, target);
}
