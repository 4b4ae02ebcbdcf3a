import type { CodecContext } from "node-av/lib";
import type { AudioEncoderConfig } from "../../media/encoding.ts";
import { ChunkMaker, type ChunkSink } from "./chunk-maker.ts";
import type { PumpedPacket } from "./codec-pump.ts";
import type { Native } from "./native.ts";
import type { SampleShape } from "./resampler.ts";
import { SampleClock } from "./sample-clock.ts";

/** What an encoder takes. */
export interface EncodedShape extends SampleShape {
  /** Samples that it takes at a time; 0: any number. */
  readonly frameSize: number;
}

/** Puts the packets of a sound encoder at the time of the samples that are in them. */
export class SoundChunks {
  readonly #native: Native;
  readonly #isOpus: boolean;
  readonly #chunks: ChunkMaker;
  #shape: EncodedShape | undefined;
  #clock: SampleClock | undefined;
  #padding = 0;
  #firstPosition: number | undefined;

  constructor(native: Native, config: AudioEncoderConfig, sink: ChunkSink) {
    this.#native = native;
    this.#isOpus = config.codec === "opus";
    this.#chunks = new ChunkMaker(config, sink);
  }

  get shape(): EncodedShape {
    if (this.#shape === undefined) throw new Error("The encoder isn't open.");
    return this.#shape;
  }

  get clock(): SampleClock {
    this.#clock ??= new SampleClock(this.shape.sampleRate);
    return this.#clock;
  }

  opened(context: CodecContext): void {
    const { sampleRate, sampleFormat: format, channels, frameSize } = context;
    this.#shape = { sampleRate, format, channels, frameSize };
    this.#padding = paddingOf(this.#native, context);
    this.#firstPosition = undefined;
    this.#chunks.describe(context);
  }

  packet(packet: PumpedPacket): void {
    this.#firstPosition ??= packet.pts + this.#padding;
    // Encoders begin with a run-up of `padding` samples. Opus says so in its description, and
    // players leave it out. Others' would be heard as sound that is late, so it is left out here.
    const position = this.#isOpus ? packet.pts + this.#padding : packet.pts;
    const timeUs = this.clock.timeUs(position);
    if (timeUs === undefined || position < this.#firstPosition) return;
    const durationUs = Math.round((packet.duration * 1e6) / this.shape.sampleRate);
    this.#chunks.make({ ...packet, key: true }, Math.round(timeUs), durationUs);
  }
}

function paddingOf(native: Native, context: CodecContext): number {
  const parameters = new native.CodecParameters();
  parameters.alloc();
  try {
    return parameters.fromContext(context) < 0 ? 0 : parameters.initialPadding;
  } finally {
    parameters.free();
  }
}
