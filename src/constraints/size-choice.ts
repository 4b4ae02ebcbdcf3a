import type { SettingsFamily } from "./candidate.ts";
import type { SizeChoice } from "./fit-size.ts";
import type { Requirements } from "./requirements.ts";
import type { NumberRange } from "./types.ts";

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
