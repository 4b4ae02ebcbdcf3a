import type { Clock } from "../../engine/contract.ts";
import type { RecordingTarget } from "../../sinks/recorder/recording-target.ts";

/** What a recorder has gathered and not yet given, cut into slices. */
export class RecordedData implements RecordingTarget {
  readonly #clock: Clock;
  readonly #timesliceUs: number;
  readonly #sliceIsFull: () => void;
  #parts: Uint8Array[] = [];
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
    this.#parts = [];
    this.#firstPartUs = undefined;
    return { parts, timecode: (firstPartUs - this.#zeroUs) / 1_000 };
  }
}
