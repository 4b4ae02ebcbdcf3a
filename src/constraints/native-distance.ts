import type { SettingsFamily } from "./candidate.ts";
import { clamp } from "./nearest-number.ts";
import type { NormalizedConstraintSet } from "./normalize.ts";
import { numberDistance } from "./number-distance.ts";
import type { Requirements } from "./requirements.ts";
import { intersection } from "./size-choice.ts";

const nativeProperties = ["width", "height", "frameRate"] as const;

/**
 * How far a family's native size and rate (the highest it has) are from those asked for: what is
 * scaled or decimated least costs least. Only compared where fitness distances are equal, as
 * Chromium does.
 */
export function nativeDistance(
  family: SettingsFamily,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): number {
  let sum = 0;
  for (const name of nativeProperties) {
    const native = family.numbers[name];
    if (!native) continue;
    const range = intersection(native, requirements.numbers.get(name));
    const ideal = basic.numbers.find((constraint) => constraint.name === name)?.ideal;
    const asked = ideal === undefined ? range.max : clamp(ideal, range.min, range.max);
    sum += numberDistance(native.max, asked);
  }
  return sum;
}
