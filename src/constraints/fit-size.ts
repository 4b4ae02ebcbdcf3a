import type { SettingsFamily } from "./candidate.ts";
import {
  clamp,
  maxWidthOfRatio,
  minWidthOfRatio,
  nearestNumber,
  numberDistance,
  ratioDistance,
} from "./distance.ts";
import type { NormalizedConstraintSet, NumberConstraint } from "./normalize.ts";
import type { Requirements } from "./requirements.ts";
import type { NumberRange } from "./types.ts";

/** The sizes to choose from, in whole pixels. */
export interface SizeChoice {
  readonly width: NumberRange;
  readonly height: NumberRange;
  /** Required limits of width / height. */
  readonly ratio: NumberRange;
}

/** What the basic constraint set wants of the size. */
export interface IdealSize {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly ratio: number | undefined;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface FittedSize extends Size {
  /** The sum of the fitness distances of width, height and aspectRatio. */
  readonly distance: number;
}

export function idealSize(basic: NormalizedConstraintSet): IdealSize {
  return {
    width: idealNumber(basic, "width"),
    height: idealNumber(basic, "height"),
    ratio: idealNumber(basic, "aspectRatio"),
  };
}

export function idealNumber(
  { numbers }: NormalizedConstraintSet,
  name: NumberConstraint["name"],
): number | undefined {
  return numbers.find((constraint) => constraint.name === name)?.ideal;
}

/** Whether any size of the choice is within its limits of width / height. */
export function someSizeHasRatio({ width, height, ratio }: SizeChoice): boolean {
  for (let h = height.max; h >= height.min; h--) {
    const narrowest = Math.max(width.min, minWidthOfRatio(ratio.min, h));
    if (narrowest <= Math.min(width.max, maxWidthOfRatio(ratio.max, h))) return true;
  }
  return false;
}

/**
 * The size to have as far as the fitness distance leaves it open: nearest to the ideals; a side
 * without an ideal follows from the other one by the shape, and the shape is that of `native`
 * unless a ratio is asked, so that nothing is cropped off unasked.
 */
export function preferredSize(choice: SizeChoice, ideal: IdealSize, native: Size): Size {
  const { width, height } = choice;
  const full = croppedToRatio(native, choice.ratio, ideal.ratio);
  const shape = full.width / full.height;
  if (ideal.width === undefined && ideal.height === undefined) {
    const scale = Math.min(1, width.max / full.width, height.max / full.height);
    return {
      width: clamp(Math.round(full.width * scale), width.min, width.max),
      height: clamp(Math.round(full.height * scale), height.min, height.max),
    };
  }
  if (ideal.width === undefined) {
    const h = nearestNumber(height.min, height.max, ideal.height, Math.round(full.height));
    return { width: clamp(Math.round(h * shape), width.min, width.max), height: h };
  }
  const w = nearestNumber(width.min, width.max, ideal.width, Math.round(full.width));
  return {
    width: w,
    height: nearestNumber(height.min, height.max, ideal.height, Math.round(w / shape)),
  };
}

/** The largest part of a size that has the ratio asked, if one is; not in whole pixels. */
function croppedToRatio(
  { width, height }: Size,
  allowed: NumberRange,
  ideal: number | undefined,
): Size {
  const native = width / height;
  const ratio = nearestNumber(allowed.min, allowed.max, ideal, native);
  if (!(ratio > 0 && ratio < Infinity)) return { width, height };
  return ratio > native ? { width, height: width / ratio } : { width: height * ratio, height };
}

/**
 * The size with the least distance; among equals the one nearest to `preferred`. Undefined where
 * no size of the choice is within its limits of width / height.
 *
 * Heights are tried outwards from the preferred one until no farther one can be better.
 */
export function fitSize(
  choice: SizeChoice,
  ideal: IdealSize,
  preferred: Size,
): FittedSize | undefined {
  const search = new SizeSearch(choice, ideal, preferred);
  for (let h = preferred.height; h >= choice.height.min && search.canImproveAt(h); h--) {
    search.tryHeight(h);
  }
  for (let h = preferred.height + 1; h <= choice.height.max && search.canImproveAt(h); h++) {
    search.tryHeight(h);
  }
  return search.best;
}

/**
 * The best of the sizes tried so far.
 *
 * For one height, the best width is one of six: between the width that is ideal by itself and
 * those of the ideal ratio the sum of both distances is concave, so its least value is at an end.
 */
export class SizeSearch {
  best: FittedSize | undefined;
  #offset = Infinity;
  readonly #choice: SizeChoice;
  readonly #ideal: IdealSize;
  readonly #preferred: Size;
  readonly #leastWidthDistance: number;

  constructor(choice: SizeChoice, ideal: IdealSize, preferred: Size) {
    this.#choice = choice;
    this.#ideal = ideal;
    this.#preferred = preferred;
    this.#leastWidthDistance = numberDistance(
      nearestNumber(choice.width.min, choice.width.max, ideal.width, preferred.width),
      ideal.width,
    );
  }

  canImproveAt(height: number): boolean {
    if (!this.best) return true;
    const least = this.#leastWidthDistance + numberDistance(height, this.#ideal.height);
    if (least !== this.best.distance) return least < this.best.distance;
    return Math.abs(height - this.#preferred.height) < this.#offset;
  }

  tryHeight(height: number): void {
    const { width, ratio } = this.#choice;
    const min = Math.max(width.min, minWidthOfRatio(ratio.min, height));
    const max = Math.min(width.max, maxWidthOfRatio(ratio.max, height));
    if (min > max) return;
    const wanted = this.#preferred.width;
    this.#tryWidth(clamp(wanted, min, max), height);
    if (this.#ideal.ratio === undefined) return;
    const narrowest = minWidthOfRatio(this.#ideal.ratio, height);
    const widest = maxWidthOfRatio(this.#ideal.ratio, height);
    this.#tryWidth(clamp(clamp(wanted, narrowest, widest), min, max), height);
    this.#tryWidth(clamp(narrowest - 1, min, max), height);
    this.#tryWidth(clamp(widest + 1, min, max), height);
    this.#tryWidth(min, height);
    this.#tryWidth(max, height);
  }

  #tryWidth(width: number, height: number): void {
    const distance =
      numberDistance(width, this.#ideal.width) +
      numberDistance(height, this.#ideal.height) +
      ratioDistance(width, height, this.#ideal.ratio);
    if (this.best && distance > this.best.distance) return;
    const offset =
      Math.abs(width - this.#preferred.width) + Math.abs(height - this.#preferred.height);
    if (this.best && distance === this.best.distance && offset >= this.#offset) return;
    this.best = { width, height, distance };
    this.#offset = offset;
  }
}

const anyNumber: NumberRange = { min: -Infinity, max: Infinity };

/** The sizes that a family has within the requirements; undefined where it has no size at all. */
export function choiceOfSize(
  family: SettingsFamily,
  { numbers }: Requirements,
): SizeChoice | undefined {
  const { width, height } = family.numbers;
  if (!width || !height) return undefined;
  return {
    width: intersection(width, numbers.get("width")),
    height: intersection(height, numbers.get("height")),
    ratio: numbers.get("aspectRatio") ?? anyNumber,
  };
}

/** The numbers that are in both ranges. */
export function intersection(range: NumberRange, other: NumberRange | undefined): NumberRange {
  if (!other) return range;
  return { min: Math.max(range.min, other.min), max: Math.min(range.max, other.max) };
}
