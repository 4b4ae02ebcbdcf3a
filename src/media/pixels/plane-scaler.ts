import type { PlaneView } from "./picture.ts";

/** Weights are fixed-point numbers with this many bits after the point, per axis. */
const ROW_BITS = 8;
const COLUMN_BITS = 14;

/** Which source samples make each target sample along one axis, and with which weights. */
interface Taps {
  /** First source sample of each target sample. */
  readonly starts: Int32Array;
  readonly count: number;
  /** `count` weights for each target sample; their sum is exactly one. */
  readonly weights: Int32Array;
}

/**
 * Scales planes of one size to another: by area where it shrinks (every source sample counts by
 * how much of it is covered), and bilinearly where it grows.
 */
export class PlaneScaler {
  readonly #rows: Taps;
  readonly #columns: Taps;
  /** One row of the source's width, already scaled down the other axis. */
  readonly #row: Uint16Array;

  constructor(
    from: { readonly width: number; readonly height: number },
    to: { readonly width: number; readonly height: number },
    sampleBytes: number,
  ) {
    this.#rows = tapsFor(from.height, to.height, ROW_BITS);
    this.#columns = tapsFor(from.width, to.width, COLUMN_BITS);
    this.#row = new Uint16Array(from.width * sampleBytes);
  }

  scale(from: PlaneView, to: PlaneView): void {
    const horizontally =
      from.sampleBytes === 1 && this.#columns.count === 2 ? scaleRowOfPairs : scaleRow;
    for (let row = 0; row < to.height; row++) {
      this.#sumRows(from, row);
      horizontally(this.#row, this.#columns, to, row);
    }
  }

  #sumRows(from: PlaneView, row: number): void {
    const { starts, count, weights } = this.#rows;
    const sums = this.#row;
    const { data } = from;
    const first = from.offset + (starts[row] ?? 0) * from.stride;
    const firstWeight = weights[row * count] ?? 0;
    const secondWeight = count > 1 ? (weights[row * count + 1] ?? 0) : 0;
    const second = secondWeight === 0 ? first : first + from.stride;
    for (let index = 0; index < sums.length; index++) {
      sums[index] =
        (data[first + index] ?? 0) * firstWeight + (data[second + index] ?? 0) * secondWeight;
    }
    for (let tap = 2; tap < count; tap++) {
      const weight = weights[row * count + tap] ?? 0;
      if (weight === 0) continue;
      const start = first + tap * from.stride;
      for (let index = 0; index < sums.length; index++) {
        sums[index] = (sums[index] ?? 0) + (data[start + index] ?? 0) * weight;
      }
    }
  }
}

const SHIFT = ROW_BITS + COLUMN_BITS;
const HALF = 1 << (SHIFT - 1);

/** The commonest case, unrolled: planar, and at most two source samples for each target sample. */
function scaleRowOfPairs(sums: Uint16Array, taps: Taps, to: PlaneView, row: number): void {
  const { starts, weights } = taps;
  const write = to.offset + row * to.stride;
  for (let column = 0; column < to.width; column++) {
    const start = starts[column] ?? 0;
    const sum =
      (sums[start] ?? 0) * (weights[column * 2] ?? 0) +
      (sums[start + 1] ?? 0) * (weights[column * 2 + 1] ?? 0);
    to.data[write + column] = (sum + HALF) >>> SHIFT;
  }
}

function scaleRow(sums: Uint16Array, taps: Taps, to: PlaneView, row: number): void {
  const { starts, count, weights } = taps;
  const bytes = to.sampleBytes;
  let write = to.offset + row * to.stride;
  for (let column = 0; column < to.width; column++) {
    const start = (starts[column] ?? 0) * bytes;
    for (let byte = 0; byte < bytes; byte++) {
      let sum = HALF;
      for (let tap = 0; tap < count; tap++) {
        sum += (sums[start + tap * bytes + byte] ?? 0) * (weights[column * count + tap] ?? 0);
      }
      to.data[write++] = sum >>> SHIFT;
    }
  }
}

function tapsFor(from: number, to: number, bits: number): Taps {
  const ratio = from / to;
  const shares = Array.from({ length: to }, (_item, index) =>
    ratio > 1 ? coverage(index, ratio, from) : interpolation(index, ratio, from),
  );
  const count = Math.max(...shares.map(({ weights }) => weights.length));
  const starts = new Int32Array(to);
  const weights = new Int32Array(to * count);
  for (const [index, share] of shares.entries()) {
    // Never beyond the end: where a sample has fewer taps, the first ones weigh nothing.
    const start = Math.min(share.start, from - count);
    starts[index] = start;
    weights.set(toFixedPoint(share.weights, bits), index * count + share.start - start);
  }
  return { starts, count, weights };
}

interface Shares {
  readonly start: number;
  readonly weights: readonly number[];
}

/** How much of each source sample the target sample covers. */
function coverage(index: number, ratio: number, from: number): Shares {
  const begin = index * ratio;
  const end = Math.min(begin + ratio, from);
  const start = Math.floor(begin + 1e-9);
  const weights: number[] = [];
  for (let at = start; at < end - 1e-9; at++) {
    weights.push((Math.min(end, at + 1) - Math.max(begin, at)) / ratio);
  }
  return { start, weights };
}

/** The two source samples whose centres are nearest to the target sample's centre. */
function interpolation(index: number, ratio: number, from: number): Shares {
  const centre = Math.max(0, Math.min(from - 1, (index + 0.5) * ratio - 0.5));
  const start = Math.min(Math.floor(centre), Math.max(0, from - 2));
  const weights = from === 1 ? [1] : [1 - (centre - start), centre - start];
  return { start, weights };
}

/** Rounds so that the sum stays exactly one: a flat picture must stay flat. */
function toFixedPoint(shares: readonly number[], bits: number): number[] {
  const one = 1 << bits;
  const fixed = shares.map((share) => Math.round(share * one));
  const largest = fixed.indexOf(Math.max(...fixed));
  const error = one - fixed.reduce((sum, weight) => sum + weight, 0);
  fixed[largest] = (fixed[largest] ?? 0) + error;
  return fixed;
}
