import { adoptAudioData } from "../../media/adopt-frame.ts";
import { AudioData } from "../../media/audio-data.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { AheadListener, AheadSound, SoundShape } from "../contract.ts";
import { ProgramSource, type ProgramSourceOptions } from "./program-source.ts";

/** ms of sound in a frame of the track. */
const PIECE_MS = 20;
/** µs that the program may be late before the sound goes on from where it is, instead of at once. */
const MAX_LAG_US = 1_000_000;

/**
 * A source that a program writes to as fast as it likes, and that plays what was written at its own
 * pace: in the present and never before its time. Between sounds it is silent.
 */
export class PacedSound extends ProgramSource {
  readonly ahead: AheadSound;
  readonly #shape: SoundShape;
  readonly #frameBytes: number;
  readonly #pieceFrames: number;
  readonly #listeners = new Set<AheadListener>();
  readonly #draining = new Set<() => void>();
  #queue: Uint8Array[] = [];
  #queuedFrames = 0;
  #playedFrames = 0;
  /** When the next piece begins, µs; undefined while nothing is to be given. */
  #nextUs: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #isOver = false;

  constructor(label: string, shape: SoundShape, options: ProgramSourceOptions) {
    super("audio", label, options);
    this.#shape = shape;
    this.#frameBytes = shape.channelCount * (shape.format === "s16" ? 2 : 4);
    this.ahead = {
      shape,
      listen: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      waiting: () => this.#queue.map((bytes) => this.#dataOf(bytes)),
    };
    this.#pieceFrames = Math.round((shape.sampleRate * PIECE_MS) / 1000);
  }

  /** Frames that were written and whose time hasn't come. */
  get waitingFrames(): number {
    return this.#queuedFrames;
  }

  /** Frames that were played since the beginning. */
  get playedFrames(): number {
    return this.#playedFrames;
  }

  /** @param bytes - whole frames, the source's from here on */
  write(bytes: Uint8Array): void {
    if (this.#isOver || bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queuedFrames += bytes.length / this.#frameBytes;
    for (const listener of this.#listeners) listener.sound(this.#dataOf(bytes));
    this.#schedule();
  }

  /** Drops what waits, at once. Returns how many frames that were. */
  clear(): number {
    const dropped = this.#queuedFrames;
    this.#queue = [];
    this.#queuedFrames = 0;
    for (const listener of this.#listeners) listener.restarted();
    this.#settleDrains();
    return dropped;
  }

  /** Resolves when nothing waits. */
  drained(): Promise<void> {
    if (this.#queuedFrames === 0) return Promise.resolve();
    return new Promise((resolve) => this.#draining.add(resolve));
  }

  override useChanged(): void {
    for (const listener of this.#listeners) listener.restarted();
  }

  override demandChanged(): void {
    super.demandChanged();
    this.#schedule();
  }

  override end(reason?: DeviceError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    // What is heard already is heard to its end.
    if (this.#queuedFrames > 0) this.clear();
    super.end(reason);
  }

  get #isIdle(): boolean {
    return this.#queuedFrames === 0 && !this.wantsFrames;
  }

  #schedule(): void {
    if (this.#isOver || this.#cancelTimer !== undefined) return;
    if (this.#isIdle) {
      this.#nextUs = undefined;
      return;
    }
    const nowUs = this.clock.nowUs();
    this.#nextUs ??= nowUs;
    // A piece is given when it has been played, as a microphone gives it when it was heard.
    const dueUs = this.#nextUs + PIECE_MS * 1000;
    this.#cancelTimer = this.clock.setTimeout(
      () => {
        this.#cancelTimer = undefined;
        this.#giveDue();
        this.#schedule();
      },
      Math.max(0, (dueUs - nowUs) / 1000),
    );
  }

  #giveDue(): void {
    const nowUs = this.clock.nowUs();
    let nextUs = this.#nextUs ?? nowUs;
    if (nowUs - nextUs > MAX_LAG_US) nextUs = nowUs - PIECE_MS * 1000;
    for (; nextUs + PIECE_MS * 1000 <= nowUs && !this.#isOver; nextUs += PIECE_MS * 1000) {
      this.#nextUs = nextUs + PIECE_MS * 1000;
      this.#givePiece(nextUs);
    }
  }

  #givePiece(timestamp: number): void {
    const { format, channelCount, sampleRate } = this.#shape;
    const bytes = new Uint8Array(this.#pieceFrames * this.#frameBytes);
    let length = 0;
    while (length < bytes.length) {
      const first = this.#queue.shift();
      if (first === undefined) break;
      const part = first.subarray(0, bytes.length - length);
      bytes.set(part, length);
      length += part.length;
      if (part.length < first.length) this.#queue.unshift(first.subarray(part.length));
    }
    this.#queuedFrames -= length / this.#frameBytes;
    this.#playedFrames += length / this.#frameBytes;
    const shape = { sampleRate, numberOfChannels: channelCount, numberOfFrames: this.#pieceFrames };
    this.push(adoptAudioData(bytes, { format, ...shape, timestamp: Math.round(timestamp) }));
    if (this.#queuedFrames === 0) this.#settleDrains();
  }

  #dataOf(bytes: Uint8Array): AudioData {
    const { format, channelCount, sampleRate } = this.#shape;
    return new AudioData({
      format,
      sampleRate,
      numberOfChannels: channelCount,
      numberOfFrames: bytes.length / this.#frameBytes,
      timestamp: Math.round(this.clock.nowUs()),
      data: new Uint8Array(bytes),
    });
  }

  #settleDrains(): void {
    for (const resolve of this.#draining) resolve();
    this.#draining.clear();
  }
}
