import { numberDistance } from "./number-distance.ts";

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
