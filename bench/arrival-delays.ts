/** Some samples (s16, base64) and the moment at which a program had them, ms. */
export interface Piece {
  readonly ms: number;
  readonly data: string;
}

interface Sound {
  readonly samples: Int16Array;
  /** The moment of each sample. */
  readonly ms: Float64Array;
}

const WINDOW = 48;
/** Resamplers and mixers may round differently. */
const TOLERANCE = 600;

/** How much later than the other one had the same sound, for many places of it, ms. */
export function arrivalDelays(one: readonly Piece[], other: readonly Piece[]): number[] {
  const late = joined(one);
  const early = joined(other);
  const offset = offsetOf(late.samples, early.samples);
  if (offset === undefined) throw new Error("The two recordings have nothing in common.");
  const delays: number[] = [];
  for (let at = 0; at < late.ms.length; at += 97) {
    const moment = early.ms[at + offset];
    if (moment !== undefined) delays.push((late.ms[at] ?? NaN) - moment);
  }
  return delays;
}

function joined(pieces: readonly Piece[]): Sound {
  const parts = pieces.map(({ data, ms }) => {
    const bytes = Uint8Array.from(Buffer.from(data, "base64"));
    return { ms, samples: new Int16Array(bytes.buffer, 0, bytes.length >> 1) };
  });
  const length = parts.reduce((sum, { samples }) => sum + samples.length, 0);
  const all = { samples: new Int16Array(length), ms: new Float64Array(length) };
  let at = 0;
  for (const { ms, samples } of parts) {
    all.samples.set(samples, at);
    all.ms.fill(ms, at, at + samples.length);
    at += samples.length;
  }
  return all;
}

/** Where a window from the middle of `one` stands in `other`, as a difference of positions. */
function offsetOf(one: Int16Array, other: Int16Array): number | undefined {
  const from = one.length >> 1;
  for (let at = 0; at + WINDOW <= other.length; at++) {
    let index = 0;
    while (
      index < WINDOW &&
      Math.abs((one[from + index] ?? 0) - (other[at + index] ?? 0)) <= TOLERANCE
    ) {
      index += 1;
    }
    if (index === WINDOW) return at - from;
  }
  return undefined;
}
