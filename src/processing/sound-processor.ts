import type { SoundProcessing } from "../media/sound-processing.ts";
import type { Speex } from "./speex.ts";
import { SpeexState } from "./speex-state.ts";

/** A piece may begin this far from where the last one ended and still belong to the same stream. */
const MAX_GAP_US = 50_000;

/** Samples of one channel, from -1 to 1. */
export interface MonoSound {
  readonly samples: Float32Array;
  /** Hz */
  readonly sampleRate: number;
  /** µs */
  readonly timestampUs: number;
}

/** {@link MonoSound} whose samples have memory of their own. */
export interface OwnSound extends MonoSound {
  readonly samples: Float32Array<ArrayBuffer>;
}

/**
 * Suppresses noise and levels the voice in a stream of sound that comes piece by piece. The
 * timestamps of what comes out are those of the sound in it: its delay is taken off.
 */
export class SoundProcessor {
  readonly #speex: Speex;
  readonly #processing: SoundProcessing;
  #run: Run | undefined;

  constructor(speex: Speex, processing: SoundProcessing) {
    this.#speex = speex;
    this.#processing = processing;
  }

  /** Nothing where there isn't a whole block yet. */
  process({ samples, sampleRate, timestampUs }: MonoSound): OwnSound | undefined {
    const run = this.#follow(sampleRate, timestampUs);
    const input = new Float32Array(run.rest.length + samples.length);
    input.set(run.rest);
    input.set(samples, run.rest.length);
    const { length, state } = run;
    const used = input.length - (input.length % length);
    for (let start = 0; start < used; start += length) {
      state.process(input.subarray(start, start + length));
    }
    // What comes out now begins with the block before these.
    const firstUs = timestampUs - ((run.rest.length + length) * 1e6) / sampleRate;
    run.rest = input.slice(used);
    run.expectedUs = timestampUs + (samples.length * 1e6) / sampleRate;
    const skipped = run.hasBegun ? 0 : Math.min(length, used);
    run.hasBegun ||= used > 0;
    if (used === skipped) return undefined;
    return {
      samples: input.slice(skipped, used),
      sampleRate,
      timestampUs: Math.round(firstUs + (skipped * 1e6) / sampleRate),
    };
  }

  close(): void {
    this.#run?.state.free();
    this.#run = undefined;
  }

  /** Begins anew after a gap or with another rate. */
  #follow(sampleRate: number, timestampUs: number): Run {
    const run = this.#run;
    const follows =
      run?.sampleRate === sampleRate && Math.abs(timestampUs - run.expectedUs) <= MAX_GAP_US;
    if (run !== undefined && follows) return run;
    this.close();
    const length = Math.round(sampleRate / 100);
    return (this.#run = {
      sampleRate,
      length,
      state: new SpeexState(this.#speex, length, sampleRate, this.#processing),
      rest: new Float32Array(),
      expectedUs: timestampUs,
      hasBegun: false,
    });
  }
}

/** Sound without a gap. */
interface Run {
  readonly sampleRate: number;
  /** Samples of a block. */
  readonly length: number;
  readonly state: SpeexState;
  /** Samples that aren't a block yet. */
  rest: Float32Array;
  /** When the next piece should begin, µs. */
  expectedUs: number;
  /** Whether a block went in: what comes out first is from before the beginning. */
  hasBegun: boolean;
}
