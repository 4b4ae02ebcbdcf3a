import { once } from "node:events";
import type { ServerResponse } from "node:http";

import { beginStream, record } from "../loopback/stream-response.ts";
import { frames, type MediaStreamTrack } from "../index.ts";

/** px: what a page shows needn't be as large as what is recorded. */
const largestWidth = 960;

/**
 * Sends a track as records that are JPEG files, which the page shows one after the other. A slow
 * browser gets the newest ones. Ends with the track, or when the browser goes away.
 */
export async function sendPictures(
  response: ServerResponse,
  track: MediaStreamTrack,
): Promise<undefined> {
  const { width = largestWidth } = track.getSettings();
  const reader = frames(track, { format: "jpeg", width: Math.min(width, largestWidth) });
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
    reader.destroy();
  });
  beginStream(response);
  try {
    for await (const jpeg of reader) {
      if (gone.signal.aborted) break;
      if (!response.write(record(jpeg))) await once(response, "drain", { signal: gone.signal });
    }
    response.end();
  } catch {
    // The camera is gone, or the browser: the page asks again when there is something to show.
    response.destroy();
  }
}
