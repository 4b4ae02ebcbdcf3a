import type { AudioEncoderConfig, EncodedChunk } from "../../../media/encoding.ts";
import type { MuxedTrack, Muxer } from "./muxer.ts";
import type { RecordingTarget } from "../recording-target.ts";
import { bytesPerFrame, wavHeader } from "./wav-header.ts";

/** Silence is written in pieces of this many bytes at most. */
const silenceBytes = 64 * 1024;

/**
 * 16-bit PCM in a WAV file. Its header doesn't know the length until the end. WAV has no timestamps:
 * a hole is filled with silence.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2361
 */
export class WavMuxer implements Muxer {
  readonly #target: RecordingTarget;
  readonly #track: MuxedTrack;
  #started: Promise<void> | undefined;
  #dataBytes = 0;

  constructor(tracks: readonly MuxedTrack[], target: RecordingTarget) {
    const [track] = tracks;
    if (tracks.length !== 1 || track?.config.kind !== "audio") {
      throw new TypeError("A WAV file holds exactly one audio track");
    }
    this.#track = track;
    this.#target = target;
  }

  async add(_track: number, chunk: EncodedChunk, timestampUs: number): Promise<void> {
    await this.#start();
    const { sampleRate } = this.#config;
    const frames = this.#dataBytes / bytesPerFrame(this.#config);
    const missing = Math.round((timestampUs * sampleRate) / 1_000_000 - frames);
    // Less than this is a rounded timestamp.
    if (missing > sampleRate / 50) await this.#writeSilence(missing * bytesPerFrame(this.#config));
    await this.#write(chunk.data);
  }

  async closeTrack(): Promise<void> {}

  async finalize(): Promise<void> {
    await this.#start();
    await this.#target.patch?.(this.#header(this.#dataBytes), 0);
  }

  get #config(): AudioEncoderConfig {
    return this.#track.config as AudioEncoderConfig;
  }

  #start(): Promise<void> {
    return (this.#started ??= Promise.resolve(this.#target.write(this.#header(undefined))));
  }

  async #writeSilence(bytes: number): Promise<void> {
    const silence = new Uint8Array(Math.min(bytes, silenceBytes));
    for (let left = bytes; left > 0; left -= silence.byteLength) {
      await this.#write(silence.subarray(0, left));
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#dataBytes += bytes.byteLength;
    await this.#target.write(bytes);
  }

  #header(dataBytes: number | undefined): Uint8Array {
    return wavHeader(this.#config, dataBytes, this.#target.isFile === true);
  }
}
