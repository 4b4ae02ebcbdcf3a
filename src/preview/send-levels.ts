import type { ServerResponse } from "node:http";

import { beginStream } from "../loopback/stream-response.ts";
import { levelMeter, type MediaStreamTrack } from "../index.ts";

/** Times a second. */
const rate = 15;

/** Sends how loud a track is, in dB below full scale, a number on each line; the loudest since the last one. */
export function sendLevels(response: ServerResponse, track: MediaStreamTrack): undefined {
  const meter = levelMeter(track);
  let loudest = 0;
  meter.onLevel(({ rms }) => {
    loudest = Math.max(loudest, rms);
  });
  beginStream(response);
  const timer = setInterval(() => {
    const dbfs = Math.max(-100, 20 * Math.log10(loudest));
    loudest = 0;
    if (!response.writableNeedDrain) response.write(`${dbfs.toFixed(1)}\n`);
  }, 1000 / rate);
  response.once("close", () => {
    clearInterval(timer);
    meter.close();
  });
}
