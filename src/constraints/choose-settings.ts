import type { NumberProperty, SettingsFamily, ValueProperty } from "./candidate.ts";
import { fitSize, idealNumber, idealSize, preferredSize, type Size } from "./fit-size.ts";
import { nearestNumber } from "./distance.ts";
import type { NormalizedConstraintSet, Value } from "./normalize.ts";
import { choiceOfSize, intersection } from "./size-choice.ts";
import type { Requirements } from "./requirements.ts";
import type { MediaTrackSettings } from "./types.ts";

/**
 * The dictionary of a family that is nearest to the basic set's ideals among those that meet the
 * requirements, of which there is one. What no constraint decides is as the family's defaults say.
 */
export function chooseSettings(
  family: SettingsFamily,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): MediaTrackSettings {
  const settings: Record<string, Value | number> = {};
  for (const name in family.values) {
    const value = chooseValue(family, name as ValueProperty, requirements, basic);
    if (value !== undefined) settings[name] = value;
  }
  for (const key in family.numbers) {
    const name = key as NumberProperty;
    const native = family.numbers[name];
    if (!native) continue;
    const range = intersection(native, requirements.numbers.get(name));
    const preferred = family.defaults[name] ?? range.max;
    settings[name] = nearestNumber(range.min, range.max, idealNumber(basic, name), preferred);
  }
  const size = chooseSize(family, requirements, basic);
  if (size) Object.assign(settings, size, { aspectRatio: size.width / size.height });
  return settings;
}

/** The size that {@link chooseSettings} gives; undefined for a family without one. */
export function chooseSize(
  family: SettingsFamily,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): Size | undefined {
  const choice = choiceOfSize(family, requirements);
  if (!choice) return undefined;
  const ideal = idealSize(basic);
  const preferred = preferredSize(choice, ideal, {
    width: family.defaults.width ?? choice.width.max,
    height: family.defaults.height ?? choice.height.max,
  });
  if (ideal.ratio === undefined && !requirements.numbers.has("aspectRatio")) return preferred;
  const fitted = fitSize(choice, ideal, preferred);
  return fitted && { width: fitted.width, height: fitted.height };
}

function chooseValue(
  family: SettingsFamily,
  name: ValueProperty,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): Value | undefined {
  const exact = requirements.values.get(name);
  const ideal = basic.values.find((constraint) => constraint.name === name)?.ideal;
  const offered = family.values[name] ?? [];
  const allowed = exact ? offered.filter((value) => exact.includes(value)) : offered;
  const wanted = ideal ? allowed.filter((value) => ideal.includes(value)) : allowed;
  const choice = wanted.length > 0 ? wanted : allowed;
  return choice.find((value) => value === family.defaults[name]) ?? choice[0];
}
