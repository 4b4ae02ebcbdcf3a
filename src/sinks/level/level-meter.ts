import type { Track } from "../../engine/contract.ts";
import { planarF32 } from "../../media/samples/audio-converter.ts";
import { AudioData } from "../../media/audio-data.ts";

/** How loud a track is; 1 is full scale. */
export interface Level {
  /** Root of the mean square of all channels. */
  readonly rms: number;
  /** The largest sample of all channels. */
  readonly peak: number;
  /** {@link rms} in dB below full scale: 0 is the loudest, -Infinity is silence. */
  readonly dbfs: number;
}

const silence: Level = { rms: 0, peak: 0, dbfs: -Infinity };

/** Measures the level of an audio track, piece by piece, until it is closed or the track ends. */
export class LevelMeter {
  readonly #disconnect: () => void;
  readonly #listeners = new Set<(level: Level) => void>();
  #level = silence;

  /**
   * Meters come from `levelMeter()`.
   * @throws TypeError for a track of video
   * @internal
   */
  constructor(track: Track) {
    if (track.kind !== "audio") throw new TypeError("A level meter measures audio tracks.");
    this.#disconnect = track.connect({
      frame: (data) => {
        if (data instanceof AudioData) this.#show(levelOf(data));
        data.close();
      },
      ended: () => this.#show(silence),
    });
  }

  /** Of the latest piece of sound (10 or 20 ms). */
  get level(): Level {
    return this.#level;
  }

  /** Calls `listener` with each new level. Returns what stops it. */
  onLevel(listener: (level: Level) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Disconnects from the track, which goes on. */
  close(): void {
    this.#disconnect();
    this.#listeners.clear();
  }

  #show(level: Level): void {
    this.#level = level;
    for (const listener of this.#listeners) listener(level);
  }
}

/** The level of a piece of sound, which stays open. */
export function levelOf(data: AudioData): Level {
  let squares = 0;
  let peak = 0;
  for (const channel of planarF32(data)) {
    for (const sample of channel) {
      squares += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
  }
  const rms = Math.sqrt(squares / (data.numberOfFrames * data.numberOfChannels));
  return { rms, peak, dbfs: 20 * Math.log10(rms) };
}
