import { meanSquare, SPEECH_RATE } from "./speech.ts";

const BLOCK_S = 0.01;
/** Blocks quieter than this (mean square) aren't speech. */
const QUIET = 0.02 ** 2;
/** Blocks until a player plays, at most. */
const MAX_LAG = 300;

function powers(samples: Float32Array, sampleRate: number): number[] {
  const length = Math.round(sampleRate * BLOCK_S);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, index) =>
    meanSquare(samples.subarray(index * length, (index + 1) * length)),
  );
}

/**
 * By how many blocks `heard` is later than `said`: where both rise and fall together in what is
 * said from `fromBlock` on, when nobody else speaks.
 */
function lagOf(heard: readonly number[], said: readonly number[], fromBlock: number): number {
  let best = { lag: 0, likeness: -Infinity };
  for (let lag = 0; lag < MAX_LAG; lag += 1) {
    let likeness = 0;
    for (let at = fromBlock; at < said.length; at += 1) {
      likeness += Math.sqrt((said[at] ?? 0) * (heard[at + lag] ?? 0));
    }
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best.lag;
}

/**
 * By how many dB what was said is louder in what was heard: before `aloneFromS` (s), when somebody
 * else speaks too, and from then on. Only moments count at which somebody spoke.
 */
export function nearGainsDb(
  heard: Float32Array,
  heardRate: number,
  said: Float32Array,
  aloneFromS: number,
): { readonly both: number; readonly alone: number } {
  const [heardPowers, saidPowers] = [powers(heard, heardRate), powers(said, SPEECH_RATE)];
  const aloneFrom = Math.round(aloneFromS / BLOCK_S);
  const lag = lagOf(heardPowers, saidPowers, aloneFrom);
  const gainDb = (from: number, to: number): number => {
    let [before, after] = [0, 0];
    for (let at = from; at < to; at += 1) {
      const power = saidPowers[at] ?? 0;
      if (power < QUIET) continue;
      before += power;
      after += heardPowers[at + lag] ?? 0;
    }
    return 10 * Math.log10(after / before);
  };
  return { both: gainDb(0, aloneFrom), alone: gainDb(aloneFrom, saidPowers.length) };
}
