/**
 * Rules 6 and 7 of the fitness distance: the relative difference from the ideal, 0 without one.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-fitness-distance
 */
export function numberDistance(actual: number, ideal: number | undefined): number {
  if (ideal === undefined || actual === ideal) return 0;
  return Math.abs(actual - ideal) / Math.max(Math.abs(actual), Math.abs(ideal));
}

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

/**
 * The narrowest width that has an aspect ratio of at least `ratio` at this height.
 *
 * Deviates: the spec compares width / height exactly, so that `aspectRatio: 1.777` would give
 * 583x328 in place of 640x360. Here a size has an aspect ratio when one of its sides is the other
 * one times (or by) that ratio, rounded to whole pixels: 1366x768 has 16/9.
 */
export function minWidthOfRatio(ratio: number, height: number): number {
  return Math.ceil(Math.min(ratio * height - 0.5, ratio * (height - 0.5)));
}

/** The widest width that has an aspect ratio of at most `ratio` at this height. */
export function maxWidthOfRatio(ratio: number, height: number): number {
  return Math.floor(Math.max(ratio * height + 0.5, ratio * (height + 0.5)));
}

export function hasRatioBetween(width: number, height: number, min: number, max: number): boolean {
  return width >= minWidthOfRatio(min, height) && width <= maxWidthOfRatio(max, height);
}

/** The fitness distance of a size from an ideal aspect ratio. */
export function ratioDistance(width: number, height: number, ideal: number | undefined): number {
  if (ideal === undefined || hasRatioBetween(width, height, ideal, ideal)) return 0;
  return numberDistance(width / height, ideal);
}
