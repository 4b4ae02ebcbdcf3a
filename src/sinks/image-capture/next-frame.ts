import type { Clock, Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/track/frame-link.ts";
import { VideoFrame } from "../../media/video-frame.ts";

/** A camera that gives no picture for this long gives none. */
export const pictureTimeoutMs = 15_000;

/**
 * The next frame of a track, which the caller closes; undefined when the track ends before it or
 * gives none in time. The black frames of a muted track are no pictures.
 */
export async function nextFrame(track: Track, clock: Clock): Promise<VideoFrame | undefined> {
  const link = new FrameLink(track, 1);
  const cancelTimeout = clock.setTimeout(() => link.close(), pictureTimeoutMs);
  try {
    for (;;) {
      const frame = await link.read();
      if (frame instanceof VideoFrame && !track.muted) return frame;
      frame?.close();
      if (frame === undefined) return undefined;
    }
  } finally {
    cancelTimeout();
    link.close();
  }
}
