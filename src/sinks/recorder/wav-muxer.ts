import type { AudioEncoderConfig, EncodedChunk, EncoderConfig } from "../../media/encoding.ts";
import type { Muxer } from "./muxer.ts";
import type { RecordingTarget } from "./recording-target.ts";

const headerBytes = 44;
const bytesPerSample = 2;

/**
 * 16-bit PCM in a WAV file. Its header claims the greatest length there is until the end is known,
 * which players take for "to the end of the file". WAV has no timestamps: a hole is filled with
 * silence.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2361
 */
export class WavMuxer implements Muxer {
  readonly #target: RecordingTarget;
  readonly #config: AudioEncoderConfig;
  #started: Promise<void> | undefined;
  #dataBytes = 0;

  constructor(tracks: readonly EncoderConfig[], target: RecordingTarget) {
    const [config] = tracks;
    if (tracks.length !== 1 || config?.kind !== "audio") {
      throw new TypeError("A WAV file holds exactly one audio track");
    }
    this.#config = config;
    this.#target = target;
  }

  async add(_track: number, chunk: EncodedChunk, timestampUs: number): Promise<void> {
    await this.#start();
    const { sampleRate, numberOfChannels } = this.#config;
    const frameBytes = numberOfChannels * bytesPerSample;
    const frames = this.#dataBytes / frameBytes;
    const missing = Math.round((timestampUs * sampleRate) / 1_000_000 - frames);
    // Less than this is the drift of the sound card, which a file without a clock just keeps.
    if (missing > sampleRate / 50) await this.#write(new Uint8Array(missing * frameBytes));
    await this.#write(chunk.data);
  }

  async closeTrack(): Promise<void> {}

  async finalize(): Promise<void> {
    await this.#start();
    await this.#target.patch?.(this.#header(this.#dataBytes), 0);
  }

  #start(): Promise<void> {
    return (this.#started ??= Promise.resolve(
      this.#target.write(this.#header(0xffffffff - headerBytes)),
    ));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#dataBytes += bytes.byteLength;
    await this.#target.write(bytes);
  }

  #header(dataBytes: number): Uint8Array {
    const { sampleRate, numberOfChannels } = this.#config;
    const header = Buffer.alloc(headerBytes);
    header.write("RIFF", 0, "latin1");
    header.writeUInt32LE(Math.min(dataBytes + headerBytes - 8, 0xffffffff), 4);
    header.write("WAVEfmt ", 8, "latin1");
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20);
    header.writeUInt16LE(numberOfChannels, 22);
    header.writeUInt32LE(sampleRate, 24);
    header.writeUInt32LE(sampleRate * numberOfChannels * bytesPerSample, 28);
    header.writeUInt16LE(numberOfChannels * bytesPerSample, 32);
    header.writeUInt16LE(bytesPerSample * 8, 34);
    header.write("data", 36, "latin1");
    header.writeUInt32LE(Math.min(dataBytes, 0xffffffff), 40);
    return header;
  }
}
