import { adoptAudioData } from "../adopt-frame.ts";
import { type AudioData, channelOf } from "../audio-data.ts";
import { convertSamples } from "./pcm.ts";
import { Resampler } from "./resampler.ts";
import { mixChannels } from "./speaker-mix.ts";

/** A piece may begin this far from where the last one ended and still belong to the same stream. */
const MAX_GAP_US = 50_000;

/** Brings a stream of samples to another rate and number of channels. */
export class AudioConverter {
  readonly #fromRate: number;
  readonly #toRate: number;
  readonly #numberOfChannels: number;
  #resamplers: readonly Resampler[] = [];
  /** When the stream began, µs, and how much of it came out since. */
  #startUs = 0;
  #emitted = 0;
  /** When the next piece should begin, µs. */
  #expectedUs: number | undefined;

  constructor(init: {
    /** Hz */
    readonly fromRate: number;
    /** Hz */
    readonly toRate: number;
    readonly numberOfChannels: number;
  }) {
    this.#fromRate = init.fromRate;
    this.#toRate = init.toRate;
    this.#numberOfChannels = init.numberOfChannels;
  }

  /** New `f32-planar` data, or nothing where there isn't enough for a sample; `data` stays open. */
  convert(data: AudioData): AudioData | undefined {
    const mixed = mixChannels(planarF32(data), this.#numberOfChannels);
    if (this.#fromRate === this.#toRate) return this.#emit(mixed, data.timestamp);
    this.#follow(data);
    const channels = mixed.map((channel, index) => this.#resamplers[index]?.process(channel));
    const timestamp = Math.round(this.#startUs + (this.#emitted * 1e6) / this.#toRate);
    this.#emitted += channels[0]?.length ?? 0;
    return this.#emit(channels, timestamp);
  }

  /** Begins anew after a gap, since what came before it says nothing about what comes after. */
  #follow({ timestamp, duration }: AudioData): void {
    const expected = this.#expectedUs;
    this.#expectedUs = timestamp + duration;
    if (expected !== undefined && Math.abs(timestamp - expected) <= MAX_GAP_US) return;
    this.#startUs = timestamp;
    this.#emitted = 0;
    this.#resamplers = Array.from(
      { length: this.#numberOfChannels },
      () => new Resampler(this.#fromRate, this.#toRate),
    );
  }

  #emit(channels: readonly (Float32Array | undefined)[], timestamp: number): AudioData | undefined {
    const numberOfFrames = channels[0]?.length ?? 0;
    if (numberOfFrames === 0) return undefined;
    const samples = new Float32Array(numberOfFrames * channels.length);
    for (const [index, channel] of channels.entries()) {
      if (channel !== undefined) samples.set(channel, index * numberOfFrames);
    }
    return adoptAudioData(new Uint8Array(samples.buffer), {
      format: "f32-planar",
      sampleRate: this.#toRate,
      numberOfFrames,
      numberOfChannels: this.#numberOfChannels,
      timestamp,
    });
  }
}

/** The channels of open data as floats from -1 to 1. */
export function planarF32(data: AudioData): Float32Array[] {
  return Array.from({ length: data.numberOfChannels }, (_item, channel) => {
    const samples = new Float32Array(data.numberOfFrames);
    const to = { samples, type: "f32", start: 0, step: 1 } as const;
    convertSamples(channelOf(data, channel), to, data.numberOfFrames);
    return samples;
  });
}
