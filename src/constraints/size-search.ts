import {
  maxWidthOfRatio,
  minWidthOfRatio,
  ratioDistance,
  clamp,
  nearestNumber,
  numberDistance,
} from "./distance.ts";
import type { FittedSize, IdealSize, Size, SizeChoice } from "./fit-size.ts";

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
