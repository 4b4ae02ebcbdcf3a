import type { SoundProcessing } from "../media/sound-processing.ts";
import type { Speex } from "./speex.ts";

/** Requests of `speex_preprocess_ctl`. */
const SET_DENOISE = 0;
const SET_AGC = 2;
const SET_AGC_LEVEL = 6;
const SET_NOISE_SUPPRESS = 18;

/** dB that noise is lowered at most; beyond it the rest of it begins to warble. */
const NOISE_SUPPRESS = -30;
/** Of 32768; brings speech to some -23 dB of full scale, and its peaks near it. */
const GAIN_LEVEL = 20_000;

const FULL_SCALE = 32_768;

/** A preprocessor of blocks of one length, at one rate. What comes out is one block late. */
export class SpeexState {
  readonly #speex: Speex;
  readonly #state: number;
  readonly #block: number;
  readonly #length: number;

  /** @param length - samples of a block: those of 10 ms */
  constructor(speex: Speex, length: number, sampleRate: number, processing: SoundProcessing) {
    this.#speex = speex;
    this.#length = length;
    this.#block = speex.allocate(length * Int16Array.BYTES_PER_ELEMENT);
    this.#state = speex.createState(length, sampleRate);
    this.#set(SET_DENOISE, "i32", processing.noiseSuppression ? 1 : 0);
    this.#set(SET_NOISE_SUPPRESS, "i32", NOISE_SUPPRESS);
    this.#set(SET_AGC, "i32", processing.autoGainControl ? 1 : 0);
    this.#set(SET_AGC_LEVEL, "f32", GAIN_LEVEL);
  }

  /** Replaces the samples of a block by processed ones. */
  process(samples: Float32Array): void {
    const { i16 } = this.#speex.memory;
    const start = this.#block / Int16Array.BYTES_PER_ELEMENT;
    for (let index = 0; index < this.#length; index++) {
      const value = Math.round((samples[index] ?? 0) * FULL_SCALE);
      i16[start + index] = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, value));
    }
    this.#speex.run(this.#state, this.#block);
    for (let index = 0; index < this.#length; index++) {
      samples[index] = (i16[start + index] ?? 0) / FULL_SCALE;
    }
  }

  free(): void {
    this.#speex.destroyState(this.#state);
    this.#speex.free(this.#block);
  }

  #set(request: number, type: "i32" | "f32", value: number): void {
    const pointer = this.#speex.allocate(4);
    this.#speex.memory[type][pointer / 4] = value;
    this.#speex.control(this.#state, request, pointer);
    this.#speex.free(pointer);
  }
}
