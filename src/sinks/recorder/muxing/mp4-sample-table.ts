import { makeBox, makeFullBox, u32, u64 } from "./mp4-boxes.ts";

/** A sample of a track as a fragment's header describes it, in the track's time scale. */
export interface Mp4Sample {
  readonly duration: number;
  readonly size: number;
  readonly isKey: boolean;
  /** From its decoding to its presentation. */
  readonly offset: number;
}

/** Numbers of 32 bits, as many as there come: 3.7 MB for an hour of picture and sound. */
class Numbers {
  #values = new Uint32Array(256);
  length = 0;

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  push(...values: readonly number[]): void {
    for (const value of values) {
      if (this.length === this.#values.length) {
        const larger = new Uint32Array(this.length * 2);
        larger.set(this.#values);
        this.#values = larger;
      }
      this.#values[this.length++] = value;
    }
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** Counts the value with those before it, where they are equal: pairs of a count and a value. */
  pushRun(value: number): void {
    const last = this.length - 2;
    if (last >= 0 && this.at(last + 1) === value >>> 0) this.set(last, this.at(last) + 1);
    else this.push(1, value);
  }

  /** Takes the last of the values back that {@link Numbers.pushRun} counted. */
  popRun(): number {
    const last = this.length - 2;
    const value = this.at(last + 1);
    if (this.at(last) > 1) this.set(last, this.at(last) - 1);
    else this.length = last;
    return value;
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.length * 4);
    for (let index = 0; index < this.length; index += 1) {
      bytes.writeUInt32BE(this.at(index), index * 4);
    }
    return bytes;
  }
}

/** What the sample tables of one track say, gathered fragment by fragment. */
export class Mp4SampleTable {
  readonly #sizes = new Numbers();
  readonly #durations = new Numbers();
  readonly #offsets = new Numbers();
  readonly #keys = new Numbers();
  /** Of each run of chunks with as many samples: the first chunk, the samples, the description. */
  readonly #chunkRuns = new Numbers();
  readonly #positions: number[] = [];
  #hasOffsets = false;
  #start = 0;
  #next = 0;
  #end = 0;

  get samples(): number {
    return this.#sizes.length;
  }

  /** When the first sample is decoded. */
  get start(): number {
    return this.#start;
  }

  /** From the first sample's decoding to the end of the last. */
  get decodedLength(): number {
    return this.#next - this.#start;
  }

  /** From the first sample's decoding to the end of the one that is presented last. */
  get presentedLength(): number {
    return this.#end - this.#start;
  }

  /** The next samples are decoded from this moment on: the one before them lasts until then. */
  moveTo(decodeTime: number): void {
    if (this.samples === 0) {
      this.#start = decodeTime;
      this.#next = decodeTime;
    } else if (decodeTime !== this.#next) {
      this.#lengthen(decodeTime - this.#next);
    }
  }

  /** Samples that lie one after the other in the file. */
  add(position: number, samples: readonly Mp4Sample[]): void {
    if (samples.length === 0) return;
    this.#positions.push(position);
    const last = this.#chunkRuns.length - 3;
    if (last < 0 || this.#chunkRuns.at(last + 1) !== samples.length) {
      this.#chunkRuns.push(this.#positions.length, samples.length, 1);
    }
    for (const { duration, size, isKey, offset } of samples) {
      this.#sizes.push(size);
      this.#durations.pushRun(duration);
      this.#offsets.pushRun(offset);
      this.#hasOffsets ||= offset !== 0;
      if (isKey) this.#keys.push(this.samples);
      this.#end = Math.max(this.#end, this.#next + offset + duration);
      this.#next += duration;
    }
  }

  /**
   * A muxer knows how long a sample is by the next one, so the last has no length, and an edit list
   * that ends there would cut it off: it gets the length of the one before.
   */
  completeLast(): void {
    const count = this.#durations.length;
    if (this.samples > 1 && this.#durations.at(count - 1) === 0) {
      this.#lengthen(this.#durations.at(count - 3));
    }
  }

  /** The boxes of `stbl` after the sample descriptions. @param shift - added to every position */
  boxes(shift: number): Buffer[] {
    const isKeyed = this.#keys.length < this.samples;
    return [
      makeFullBox("stts", 0, u32(this.#durations.length / 2), this.#durations.bytes()),
      // Version 1: offsets may be negative.
      ...(this.#hasOffsets
        ? [makeFullBox("ctts", 1, u32(this.#offsets.length / 2), this.#offsets.bytes())]
        : []),
      ...(isKeyed ? [makeFullBox("stss", 0, u32(this.#keys.length), this.#keys.bytes())] : []),
      makeFullBox("stsc", 0, u32(this.#chunkRuns.length / 3), this.#chunkRuns.bytes()),
      makeFullBox("stsz", 0, u32(0), u32(this.samples), this.#sizes.bytes()),
      this.#positionsBox(shift),
    ];
  }

  #positionsBox(shift: number): Buffer {
    const count = u32(this.#positions.length);
    const isLarge = (this.#positions.at(-1) ?? 0) + shift >= 2 ** 32;
    const write = isLarge ? u64 : u32;
    const positions = this.#positions.map((position) => write(position + shift));
    return makeBox(isLarge ? "co64" : "stco", u32(0), count, ...positions);
  }

  #lengthen(by: number): void {
    this.#durations.pushRun(Math.max(0, this.#durations.popRun() + by));
    this.#next += by;
    this.#end = Math.max(this.#end, this.#next);
  }
}
