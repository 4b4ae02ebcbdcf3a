import { MediaStreamTrackVideoStats } from "../../index.ts";
import type { MediaStream } from "../../index.ts";

/** What became of a stream's pictures so far; undefined where it has none. */
export function pictureCounts(
  stream: MediaStream,
): { readonly delivered: number; readonly dropped: number } | undefined {
  const stats = stream.getVideoTracks()[0]?.stats;
  if (!(stats instanceof MediaStreamTrackVideoStats)) return undefined;
  const { deliveredFrames, discardedFrames, totalFrames } = stats.toJSON();
  return { delivered: deliveredFrames, dropped: totalFrames - deliveredFrames - discardedFrames };
}
