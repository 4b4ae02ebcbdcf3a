import { AudioData, type MediaStreamTrack, MediaStreamTrackProcessor } from "../../index.ts";

/** The loudness of samples in dB below full scale; -Infinity for silence. */
export function levelDb(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return 10 * Math.log10(sum / samples.length);
}

/** Listens to a track, and knows how loud it was of late. */
export class AudioLevel {
  readonly #reader: ReadableStreamDefaultReader<unknown>;
  #db = -Infinity;

  constructor(track: MediaStreamTrack) {
    this.#reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    void this.#listen();
  }

  /** The loudest since the last call, in dB below full scale. */
  takeDb(): number {
    const db = this.#db;
    this.#db = -Infinity;
    return db;
  }

  stop(): void {
    void this.#reader.cancel();
  }

  async #listen(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      if (!(value instanceof AudioData)) continue;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      value.close();
      this.#db = Math.max(this.#db, levelDb(samples));
    }
  }
}
