import { levelMeter, type MediaStreamTrack } from "../../index.ts";

/** Measures a track, and knows how loud the track was of late. */
export class AudioLevel {
  readonly #meter: ReturnType<typeof levelMeter>;
  #dbfs = -Infinity;

  constructor(track: MediaStreamTrack) {
    this.#meter = levelMeter(track);
    this.#meter.onLevel(({ dbfs }) => (this.#dbfs = Math.max(this.#dbfs, dbfs)));
  }

  /** The loudest since the last call, in dB below full scale. */
  takeDb(): number {
    const dbfs = this.#dbfs;
    this.#dbfs = -Infinity;
    return dbfs;
  }

  stop(): void {
    this.#meter.close();
  }
}
