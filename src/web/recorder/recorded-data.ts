import type { Clock } from "../../engine/contract.ts";
import type { RecordingTarget } from "../../sinks/recorder/recording-target.ts";

/** What a recorder has gathered and not yet given, cut into slices. */
export class RecordedData implements RecordingTarget {
  readonly #clock: Clock;
  readonly #timesliceUs: number;
  readonly #sliceIsFull: () => void;
  #parts: Uint8Array[] = [];
  /** Bytes of the slices that were taken. */
  #takenBytes = 0;
  #sliceStartUs: number;
  #pausedUs: number | undefined;
  /** When the first part of this slice, and of the first slice, came. */
  #firstPartUs: number | undefined;
  #zeroUs: number | undefined;

  /**
   * @param timeslice - ms
   * @param sliceIsFull - called once for each slice, whose data is to be taken then
   */
  constructor(clock: Clock, timeslice: number | undefined, sliceIsFull: () => void) {
    this.#clock = clock;
    this.#timesliceUs = timeslice === undefined ? Infinity : timeslice * 1_000;
    this.#sliceIsFull = sliceIsFull;
    this.#sliceStartUs = clock.nowUs();
  }

  write(bytes: Uint8Array): void {
    const nowUs = this.#clock.nowUs();
    this.#firstPartUs ??= nowUs;
    this.#parts.push(bytes);
    if (nowUs - this.#sliceStartUs < this.#timesliceUs) return;
    this.#sliceStartUs = nowUs;
    this.#sliceIsFull();
  }

  /** Headers learn what wasn't known before, as long as nobody has taken them. */
  async patch(bytes: Uint8Array, position: number): Promise<void> {
    let start = this.#takenBytes;
    if (position < start) return;
    for (const part of this.#parts) {
      const end = start + part.byteLength;
      const from = Math.max(position, start);
      const to = Math.min(position + bytes.byteLength, end);
      if (from < to) part.set(bytes.subarray(from - position, to - position), from - start);
      start = end;
    }
  }

  get isHandedOut(): boolean {
    return this.#takenBytes > 0;
  }

  /** Copies none of what is there. */
  async insert(bytes: Uint8Array, position: number): Promise<void> {
    let start = this.#takenBytes;
    const moved = this.#parts.flatMap((part) => {
      const at = position - start;
      start += part.byteLength;
      if (at < 0 || at >= part.byteLength) return [part];
      return [part.subarray(0, at), bytes, part.subarray(at)];
    });
    this.#parts = moved;
  }

  /** A pause doesn't count as time of the slice. */
  pause(): void {
    this.#pausedUs = this.#clock.nowUs();
  }

  resume(): void {
    this.#sliceStartUs += this.#clock.nowUs() - (this.#pausedUs ?? this.#clock.nowUs());
    this.#pausedUs = undefined;
  }

  /** The data so far; what comes next belongs to the next slice. */
  take(): { readonly parts: Uint8Array<ArrayBuffer>[]; readonly timecode: number } {
    const parts = this.#parts as Uint8Array<ArrayBuffer>[];
    const firstPartUs = this.#firstPartUs ?? this.#clock.nowUs();
    this.#zeroUs ??= firstPartUs;
    this.#takenBytes += parts.reduce((sum, part) => sum + part.byteLength, 0);
    this.#parts = [];
    this.#firstPartUs = undefined;
    return { parts, timecode: (firstPartUs - this.#zeroUs) / 1_000 };
  }
}
