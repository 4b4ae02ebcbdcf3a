/**
 * Rules 6 and 7 of the fitness distance: the relative difference from the ideal, 0 without one.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-fitness-distance
 */
export function numberDistance(actual: number, ideal: number | undefined): number {
  if (ideal === undefined || actual === ideal) return 0;
  return Math.abs(actual - ideal) / Math.max(Math.abs(actual), Math.abs(ideal));
}
