import type { MediaStream } from "./media-stream.ts";

/** Gives back the devices of a stream that nobody gets. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
