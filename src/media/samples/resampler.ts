/** Zero crossings of the filter on each side, at the lower of the two rates. */
const HALF_LENGTH = 24;
/** The filter is tabulated this many times between two input samples, and interpolated linearly. */
const PHASES = 512;
/** Kaiser's shape: stop band 80 dB down. */
const BETA = 8;
/** Where the pass band ends, as a share of the lower rate's Nyquist frequency. */
const CUTOFF = 0.92;

/**
 * Changes the rate of one channel, piece by piece: a windowed sinc of linear phase. Its delay is
 * taken off, so that the n-th output sample is the sound of time n / `toRate`.
 */
export class Resampler {
  readonly #step: number;
  readonly #reach: number;
  readonly #table: Float32Array;
  readonly #stride: number;
  /** Input that is still needed; it begins `#position` - `#reach` samples before the next output. */
  #history: Float32Array;
  /** Where in `#history` the next output lies. */
  #position: number;

  /** Rates in Hz. */
  constructor(fromRate: number, toRate: number) {
    const bandwidth = Math.min(1, toRate / fromRate) * CUTOFF;
    this.#step = fromRate / toRate;
    this.#reach = Math.ceil(HALF_LENGTH / bandwidth);
    this.#stride = 2 * this.#reach;
    this.#table = tabulate(this.#reach, bandwidth);
    this.#history = new Float32Array(this.#reach);
    this.#position = this.#reach;
  }

  /** The output that the input so far is enough for. */
  process(input: Float32Array): Float32Array<ArrayBuffer> {
    const samples = new Float32Array(this.#history.length + input.length);
    samples.set(this.#history);
    samples.set(input, this.#history.length);
    const last = samples.length - this.#reach;
    const count = Math.max(0, Math.ceil((last - this.#position) / this.#step));
    const output = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      output[index] = this.#sampleAt(samples, this.#position + index * this.#step);
    }
    const next = this.#position + count * this.#step;
    const used = Math.max(0, Math.floor(next) - this.#reach);
    this.#history = samples.slice(used);
    this.#position = next - used;
    return output;
  }

  /** The rest of the sound, as if silence followed. */
  flush(): Float32Array<ArrayBuffer> {
    return this.process(new Float32Array(this.#reach));
  }

  #sampleAt(samples: Float32Array, position: number): number {
    const whole = Math.floor(position);
    const phase = (position - whole) * PHASES;
    const index = Math.floor(phase);
    const blend = phase - index;
    const table = this.#table;
    const stride = this.#stride;
    const low = index * stride;
    const first = whole - this.#reach + 1;
    let sumLow = 0;
    let sumHigh = 0;
    for (let tap = 0; tap < stride; tap++) {
      const sample = samples[first + tap] ?? 0;
      sumLow += sample * (table[low + tap] ?? 0);
      sumHigh += sample * (table[low + stride + tap] ?? 0);
    }
    return sumLow + (sumHigh - sumLow) * blend;
  }
}

/** One row of taps for each phase; each row sums to one, so that a constant stays constant. */
function tabulate(reach: number, bandwidth: number): Float32Array {
  const stride = 2 * reach;
  const table = new Float32Array((PHASES + 1) * stride);
  for (let phase = 0; phase <= PHASES; phase++) {
    const row = table.subarray(phase * stride, (phase + 1) * stride);
    let sum = 0;
    for (let tap = 0; tap < stride; tap++) {
      const distance = tap - reach + 1 - phase / PHASES;
      const weight = sinc(distance * bandwidth) * kaiser(distance / reach);
      row[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < stride; tap++) row[tap] = (row[tap] ?? 0) / sum;
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let index = 1; term > sum * 1e-10; index++) {
    term *= (x / (2 * index)) ** 2;
    sum += term;
  }
  return sum;
}
