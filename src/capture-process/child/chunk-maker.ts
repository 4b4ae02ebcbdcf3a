import type { CodecContext } from "node-av/lib";
import type { EncoderConfig } from "../../media/encoding.ts";
import { avcConfiguration, lengthPrefixed, nalUnits } from "./annex-b.ts";
import type { PumpedPacket } from "./codec-pump.ts";

export interface Chunk {
  readonly key: boolean;
  /** µs */
  readonly timestamp: number;
  /** µs */
  readonly duration: number;
  readonly data: Uint8Array;
  readonly decoderConfig?: { readonly codec: string; readonly description?: Uint8Array };
}

export type ChunkSink = (chunk: Chunk) => void;

/** Makes what an encoder of FFmpeg gives into what WebCodecs calls chunks. */
export class ChunkMaker {
  readonly #config: EncoderConfig;
  readonly #sink: ChunkSink;
  #decoderConfig: Chunk["decoderConfig"];

  constructor(config: EncoderConfig, sink: ChunkSink) {
    this.#config = config;
    this.#sink = sink;
  }

  get #isAvc(): boolean {
    return this.#config.codec.startsWith("avc");
  }

  /** Goes with the next chunk. */
  describe(context: CodecContext): void {
    const { codec } = this.#config;
    const description = this.#descriptionOf(context);
    this.#decoderConfig = description === undefined ? { codec } : { codec, description };
  }

  make(packet: PumpedPacket, timestamp: number, duration: number): void {
    const { key } = packet;
    const data = this.#isAvc ? withoutParameterSets(packet.data) : packet.data;
    const decoderConfig = this.#decoderConfig;
    this.#decoderConfig = undefined;
    const chunk = { key, timestamp, duration, data };
    this.#sink(decoderConfig === undefined ? chunk : { ...chunk, decoderConfig });
  }

  #descriptionOf(context: CodecContext): Uint8Array | undefined {
    const extraData = context.extraData;
    if (extraData === null || extraData.length === 0) return undefined;
    const { codec } = this.#config;
    if (this.#isAvc) return avcConfiguration(nalUnits(extraData));
    if (codec === "flac") {
      return Uint8Array.from([...Buffer.from("fLaC"), 0x80, 0, 0, extraData.length, ...extraData]);
    }
    // The others' streams tell it themselves.
    return codec === "opus" || codec.startsWith("mp4a") ? Uint8Array.from(extraData) : undefined;
  }
}

/** They are in the description; in the stream they would be there twice. */
function withoutParameterSets(data: Uint8Array): Uint8Array {
  const isParameterSet = (unit: Uint8Array) => [7, 8, 9].includes((unit[0] ?? 0) & 31);
  return lengthPrefixed(nalUnits(data).filter((unit) => !isParameterSet(unit)));
}
