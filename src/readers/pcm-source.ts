import { PacedSound } from "../engine/source/paced-sound.ts";
import { checkReceiver } from "../media/check-receiver.ts";
import { engineOptionsOf } from "../web/realm/engine-options-of.ts";
import { nodeRealm } from "../web/realm/realm.ts";
import { createTrack } from "../web/track/create-track.ts";
import type { MediaStreamTrack } from "../web/track/media-stream-track.ts";
import { nameOf } from "../webidl/types.ts";

/** What is written to a {@link PcmSource}. */
export interface PcmSourceOptions {
  /** Hz */
  readonly sampleRate: number;
  /** Default 1. */
  readonly channelCount?: number;
  /** Interleaved, in the machine's byte order. Default `"s16"`. */
  readonly format?: "s16" | "f32";
  /** The track's label. Default `""`. */
  readonly label?: string;
}

/**
 * A track of the samples that a program writes, the counterpart of {@link pcm}: what a speech model
 * gives, as fast as it gives it.
 *
 * ```ts
 * const speech = new PcmSource({ sampleRate: 24_000 });
 * audio.srcObject = new MediaStream([speech.track]);
 * await audio.play();
 * for await (const chunk of answer) speech.write(chunk);
 * await speech.drained();
 * ```
 *
 * The samples are played at their pace, in the present. An `Audio` takes them ahead of their time,
 * and isn't heard to stutter while the program is busy. Between sounds the track is silent.
 */
export class PcmSource {
  /** A track like any other: to be played, recorded, sent, analysed. Its end ends the source. */
  readonly track: MediaStreamTrack;
  readonly #source: PacedSound;
  readonly #sampleRate: number;
  readonly #frameBytes: number;
  /** Less than a frame. */
  #rest = new Uint8Array();

  static {
    checkReceiver(PcmSource, (value) => #source in value);
  }

  /** @throws TypeError or RangeError for options that no sound can have */
  constructor(options: PcmSourceOptions) {
    const { channelCount = 1, format = "s16", label = "", sampleRate } = checked(options);
    const shape = { sampleRate, channelCount, format };
    this.#sampleRate = sampleRate;
    this.#frameBytes = channelCount * (format === "s16" ? 2 : 4);
    this.#source = new PacedSound(label, shape, {
      ...engineOptionsOf(nodeRealm),
      whenUnused: () => this.#source.end(),
    });
    this.track = createTrack(nodeRealm, this.#source.openTrack({ sampleRate, channelCount }));
  }

  /** Seconds of sound that were written and aren't played yet. */
  get waiting(): number {
    return this.#source.waitingFrames / this.#sampleRate;
  }

  /**
   * Seconds of what was written that were played since the beginning, silence between left out.
   * After {@link clear}, it tells how much of an answer was heard, to some 20 ms.
   */
  get played(): number {
    return this.#source.playedFrames / this.#sampleRate;
  }

  /**
   * Plays the samples after all that was written before. Chunks may end inside a sample: the rest
   * comes with the next one. After the track's end they are dropped.
   *
   * @throws TypeError for what holds no bytes
   */
  write(chunk: ArrayBufferView | ArrayBuffer): void {
    const bytes = bytesOf(chunk);
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const whole = all.length - (all.length % this.#frameBytes);
    this.#rest = all.slice(whole);
    this.#source.write(all.slice(0, whole));
  }

  /**
   * Drops all that waits: what is played falls silent at once, and what is written next is heard at
   * once.
   *
   * @returns the seconds of sound that were dropped
   */
  clear(): number {
    this.#rest = new Uint8Array();
    return this.#source.clear() / this.#sampleRate;
  }

  /** Resolves when all that was written is played or was dropped. */
  drained(): Promise<void> {
    return this.#source.drained();
  }

  /** Ends the track. What waits is dropped: await {@link drained} to have it played. */
  end(): void {
    this.#source.end();
  }
}

function checked(options: PcmSourceOptions): PcmSourceOptions {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `new PcmSource({ sampleRate: 24000 }) takes an object of options; this is ${nameOf(options)}.`,
    );
  }
  const { channelCount = 1, format = "s16", sampleRate } = options;
  if (!(sampleRate >= 1000 && sampleRate <= 384_000)) {
    throw new RangeError(`sampleRate is ${String(sampleRate)}; give 1000 to 384000 Hz.`);
  }
  if (!Number.isInteger(channelCount) || channelCount < 1 || channelCount > 32) {
    throw new RangeError(`channelCount is ${String(channelCount)}; give 1 to 32.`);
  }
  if (format !== "s16" && format !== "f32") {
    throw new TypeError(`format is "${String(format)}"; give "s16" or "f32".`);
  }
  return options;
}

function bytesOf(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new TypeError(
    `write() takes samples in a Buffer, a typed array or an ArrayBuffer; this is ${nameOf(chunk)}.`,
  );
}
