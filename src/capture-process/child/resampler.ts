import type { AVSampleFormat } from "node-av/constants";
import type { AudioFifo, Frame, SoftwareResampleContext } from "node-av/lib";
import { check } from "./check.ts";
import type { Native } from "./native.ts";
import { newSamples } from "./new-frame.ts";
import type { Samples } from "./samples.ts";

export interface SampleShape {
  readonly sampleRate: number;
  readonly channels: number;
  readonly format: AVSampleFormat;
}

/** Samples that a queue starts with room for; it grows. */
const ROOM = 48_000;

/** Takes samples of any shape in runs of any length, and gives them in one shape and length. */
export class Resampler {
  readonly #native: Native;
  readonly #shape: SampleShape;
  readonly #fifo: AudioFifo;
  #context: SoftwareResampleContext | undefined;
  #contextKey = "";

  constructor(native: Native, shape: SampleShape) {
    this.#native = native;
    this.#shape = shape;
    this.#fifo = new native.AudioFifo();
    this.#fifo.alloc(shape.format, shape.channels, ROOM);
  }

  /** Samples that can be read. */
  get available(): number {
    return this.#fifo.size;
  }

  /** `silent` keeps the time and drops the sound. Returns how many samples it became. */
  write(samples: Samples, silent = false): number {
    const context = this.#contextFor(samples);
    const room = context.getOutSamples(samples.count);
    const frame = newSamples(this.#native, this.#shape, Math.max(room, 1));
    try {
      const count = check(
        this.#native,
        context.convertSync(frame.data, room, [...samples.planes], samples.count),
        "Samples can't be converted",
      );
      if (silent) silence(this.#native, frame);
      if (count > 0) this.#fifo.writeSync(frame.data ?? [], count);
      return count;
    } finally {
      frame.free();
    }
  }

  /** Makes more samples than usual, by this part of them (fewer if negative), for two seconds. */
  adjust(rate: number): void {
    const distance = this.#shape.sampleRate * 2;
    const what = "The rate of samples can't be adjusted";
    const context = this.#context;
    if (context === undefined) return;
    check(this.#native, context.setCompensation(Math.round(rate * distance), distance), what);
  }

  writeSilence(count: number): void {
    const frame = newSamples(this.#native, this.#shape, count);
    silence(this.#native, frame);
    this.#fifo.writeSync(frame.data ?? [], count);
    frame.free();
  }

  /** A frame of this many samples, with silence at its end where there are fewer. */
  read(count: number): Frame {
    const frame = newSamples(this.#native, this.#shape, count);
    if (this.available < count) silence(this.#native, frame);
    this.#fifo.readSync(frame.data ?? [], Math.min(count, this.available));
    return frame;
  }

  close(): void {
    this.#context?.free();
    this.#context = undefined;
    this.#fifo.free();
  }

  #contextFor(samples: Samples): SoftwareResampleContext {
    const key = [samples.sampleRate, samples.channels, samples.format].join();
    if (this.#context !== undefined && this.#contextKey === key) return this.#context;
    this.#context?.free();
    const native = this.#native;
    const context = new native.SoftwareResampleContext();
    const { channels, format, sampleRate } = this.#shape;
    const to = native.avChannelLayoutDefault(channels);
    const from = native.avChannelLayoutDefault(samples.channels);
    const what = "Samples can't be converted";
    const { format: inFormat, sampleRate: inRate } = samples;
    check(native, context.allocSetOpts2(to, format, sampleRate, from, inFormat, inRate), what);
    check(native, context.init(), what);
    this.#context = context;
    this.#contextKey = key;
    return context;
  }
}

function silence(native: Native, frame: Frame): void {
  const { AV_SAMPLE_FMT_U8, AV_SAMPLE_FMT_U8P } = native.constants;
  const isUnsigned = frame.format === AV_SAMPLE_FMT_U8 || frame.format === AV_SAMPLE_FMT_U8P;
  for (const plane of frame.data ?? []) plane.fill(isUnsigned ? 128 : 0);
}
