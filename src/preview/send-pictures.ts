import { once } from "node:events";
import type { ServerResponse } from "node:http";

import { frames, type MediaStreamTrack } from "../index.ts";

const boundary = "picture";
/** px: what a page shows needn't be as large as what is recorded. */
const largestWidth = 960;

/**
 * Sends a track as a row of JPEG files, which an `img` element shows as a moving picture. A slow
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
  response.writeHead(200, {
    "content-type": `multipart/x-mixed-replace; boundary=${boundary}`,
  });
  // A browser shows a part when the next one begins, so each ends with the boundary of the next.
  response.write(`--${boundary}\r\n`);
  try {
    for await (const jpeg of reader) {
      const head = `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
      const part = Buffer.concat([Buffer.from(head), jpeg, Buffer.from(`\r\n--${boundary}\r\n`)]);
      if (gone.signal.aborted) break;
      if (!response.write(part)) await once(response, "drain", { signal: gone.signal });
    }
    response.end();
  } catch {
    // The camera is gone, or the browser: the page asks again when there is something to show.
    response.destroy();
  }
}
