import { numberDistance } from "./number-distance.ts";

/**
 * The number between `min` and `max` with the least distance to `ideal`; the one nearest to
 * `preferred` where several are equally far, as all are from an ideal of zero.
 */
export function nearestNumber(
  min: number,
  max: number,
  ideal: number | undefined,
  preferred: number,
): number {
  const fallback = clamp(preferred, min, max);
  if (ideal === undefined) return fallback;
  // Distance falls towards the ideal, and for a negative one rises and falls again: its least
  // value on a range is at the ideal or at an end of the range.
  let best = fallback;
  let bestDistance = numberDistance(fallback, ideal);
  for (const number of [clamp(ideal, min, max), min, max]) {
    const distance = numberDistance(number, ideal);
    if (distance < bestDistance) {
      best = number;
      bestDistance = distance;
    }
  }
  return best;
}

export function clamp(number: number, min: number, max: number): number {
  return Math.min(Math.max(number, min), max);
}
