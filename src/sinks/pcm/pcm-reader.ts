import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/track/frame-link.ts";
import { AudioConverter } from "../../media/samples/audio-converter.ts";
import { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { LinkReader } from "../link-reader.ts";
import { bytesPerSample, checkPcmOptions } from "./pcm-options.ts";
import type { PcmOptions } from "./pcm-options.ts";

/** The samples of an audio track as a stream of Buffers, interleaved. */
export class PcmReader extends LinkReader {
  readonly #options: PcmOptions;
  #converter: { readonly fromRate: number; readonly converter: AudioConverter } | undefined;
  /** Less than a whole chunk. */
  #rest = Buffer.alloc(0);
  #chunkBytes = 0;

  /** @throws TypeError or RangeError for options that no sound can have, or a track of video */
  constructor(track: Track, options: PcmOptions = {}) {
    checkPcmOptions(options);
    if (track.kind !== "audio") throw new TypeError("pcm() reads audio tracks; this one is video.");
    super(new FrameLink(track, options.maxBufferSize ?? 500), 8);
    this.#options = options;
  }

  protected override giveRest(): void {
    if (this.#rest.length > 0) this.push(this.#rest);
  }

  protected override give(data: VideoFrame | AudioData): boolean {
    if (data instanceof AudioData) return this.#give(data);
    data.close();
    return false;
  }

  /** True when something was pushed. */
  #give(data: AudioData): boolean {
    const bytes = this.#convert(data);
    if (bytes === undefined) return false;
    if (this.#options.frameSize === undefined) {
      this.push(bytes);
      return true;
    }
    const all = Buffer.concat([this.#rest, bytes]);
    const whole = all.length - (all.length % this.#chunkBytes);
    for (let start = 0; start < whole; start += this.#chunkBytes) {
      this.push(all.subarray(start, start + this.#chunkBytes));
    }
    this.#rest = all.subarray(whole);
    return whole > 0;
  }

  /** Interleaved bytes in the wanted shape; `data` is closed. */
  #convert(data: AudioData): Buffer | undefined {
    const { sampleRate = data.sampleRate, format = "s16" } = this.#options;
    const { channels = data.numberOfChannels } = this.#options;
    this.#chunkBytes = (this.#options.frameSize ?? 1) * channels * bytesPerSample[format];
    const isSame = sampleRate === data.sampleRate && channels === data.numberOfChannels;
    const converted = isSame ? data : this.#converterFor(data, sampleRate, channels).convert(data);
    if (converted !== data) data.close();
    if (converted === undefined) return undefined;
    try {
      const bytes = Buffer.alloc(converted.allocationSize({ planeIndex: 0, format }));
      converted.copyTo(bytes, { planeIndex: 0, format });
      return bytes;
    } finally {
      converted.close();
    }
  }

  #converterFor(data: AudioData, toRate: number, numberOfChannels: number): AudioConverter {
    const fromRate = data.sampleRate;
    if (this.#converter?.fromRate !== fromRate) {
      const converter = new AudioConverter({ fromRate, toRate, numberOfChannels });
      this.#converter = { fromRate, converter };
    }
    return this.#converter.converter;
  }
}
