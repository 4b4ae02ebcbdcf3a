import type { AudioData } from "./audio-data.ts";
import { planarF32 } from "./audio-converter.ts";

/** How loud samples are, as shares of full scale. */
export interface Level {
  /** Root mean square over all channels. */
  readonly rms: number;
  readonly peak: number;
}

/** The level of open data, which stays open. */
export function levelOf(data: AudioData): Level {
  let squares = 0;
  let peak = 0;
  let count = 0;
  for (const channel of planarF32(data)) {
    for (const sample of channel) {
      squares += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    count += channel.length;
  }
  return { rms: count === 0 ? 0 : Math.sqrt(squares / count), peak };
}
