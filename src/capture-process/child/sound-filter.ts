import type { SoundProcessing } from "../../media/sound-processing.ts";
import { loadSpeex } from "../../processing/load-speex.ts";
import { SoundProcessor } from "../../processing/sound-processor.ts";
import type { Native } from "./native.ts";
import { Resampler } from "./resampler.ts";
import type { Samples } from "./samples.ts";

interface TimedSamples {
  readonly samples: Samples;
  readonly timestampUs: number;
}

/** Processes the sound of a device on its way to an encoder, where that is asked for. */
export class SoundFilter {
  readonly #native: Native;
  #processor: SoundProcessor | undefined;
  #mixer: { readonly sampleRate: number; readonly resampler: Resampler } | undefined;
  #changes = 0;

  constructor(native: Native) {
    this.#native = native;
  }

  /** Takes effect when what does it is loaded. */
  async setProcessing(processing: SoundProcessing | undefined): Promise<void> {
    const change = ++this.#changes;
    const speex = processing && (await loadSpeex());
    if (change !== this.#changes) return;
    this.#processor?.close();
    this.#processor = processing && speex && new SoundProcessor(speex, processing);
  }

  /** What became of the samples, in one channel; nothing where there aren't enough yet. */
  apply(samples: Samples, timestampUs: number): TimedSamples | undefined {
    if (this.#processor === undefined) return { samples, timestampUs };
    const { sampleRate } = samples;
    const mono = this.#mix(samples);
    const sound = this.#processor.process({ samples: mono, sampleRate, timestampUs });
    if (sound === undefined) return undefined;
    const { buffer, length } = sound.samples;
    const format = this.#native.constants.AV_SAMPLE_FMT_FLTP;
    const shape = { sampleRate, channels: 1, format, count: length };
    return {
      samples: { ...shape, planes: [Buffer.from(buffer)] },
      timestampUs: sound.timestampUs,
    };
  }

  close(): void {
    this.#changes += 1;
    this.#processor?.close();
    this.#processor = undefined;
    this.#mixer?.resampler.close();
    this.#mixer = undefined;
  }

  #mix(samples: Samples): Float32Array {
    const resampler = this.#mixerOf(samples.sampleRate);
    const frame = resampler.read(resampler.write(samples));
    const [plane = Buffer.alloc(0)] = frame.data ?? [];
    const mono = new Float32Array(frame.nbSamples);
    Buffer.from(mono.buffer).set(plane.subarray(0, mono.byteLength));
    frame.free();
    return mono;
  }

  #mixerOf(sampleRate: number): Resampler {
    if (this.#mixer?.sampleRate !== sampleRate) {
      this.#mixer?.resampler.close();
      const format = this.#native.constants.AV_SAMPLE_FMT_FLTP;
      const resampler = new Resampler(this.#native, { sampleRate, channels: 1, format });
      this.#mixer = { sampleRate, resampler };
    }
    return this.#mixer.resampler;
  }
}
