import { bestRow } from "./best-row.ts";
import { createCandidateTable } from "./candidate-table.ts";
import type { CandidateTable } from "./candidate-table.ts";
import type { Candidate, NumberProperty, SettingsFamily, ValueProperty } from "./candidate.ts";
import { nearestNumber } from "./distance.ts";
import {
  choiceOfSize,
  fitSize,
  idealNumber,
  idealSize,
  intersection,
  preferredSize,
} from "./fit-size.ts";
import type { Size } from "./fit-size.ts";
import { failedConstraint, narrowToSets } from "./narrow-to-sets.ts";
import { normalizeConstraints } from "./normalize.ts";
import type { NormalizedConstraintSet, Value } from "./normalize.ts";
import type { Requirements } from "./requirements.ts";
import type { MediaTrackConstraints, MediaTrackSettings } from "./types.ts";

export interface Selection<Owner> {
  readonly candidate: Candidate<Owner>;
  readonly settings: MediaTrackSettings;
  /** The fitness distance of the settings from the basic constraint set. */
  readonly distance: number;
  /** The indices of the advanced sets that the settings meet. */
  readonly keptSets: readonly number[];
}

export interface SelectionFailure {
  /** A required constraint that no candidate meets, or "" when they fail only together. */
  readonly failedConstraint: string;
}

/**
 * Runs the spec's SelectSettings over every settings dictionary of every candidate.
 *
 * Among dictionaries equally near to the ideals: the owner that comes first (the default device),
 * then the family whose own size and rate are nearest to what is asked (least scaling), then the
 * family that comes first; inside the family its defaults.
 *
 * @param candidates - candidates, or a table of them where the same ones are selected from often
 * @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings
 */
export function selectSettings<Owner>(
  candidates: readonly Candidate<Owner>[] | CandidateTable<Owner>,
  constraints: MediaTrackConstraints,
): Selection<Owner> | SelectionFailure {
  const table = "candidates" in candidates ? candidates : createCandidateTable(candidates);
  const normalized = normalizeConstraints(constraints);
  const { basic } = normalized;
  const narrowed = narrowToSets(table, normalized);
  if (!narrowed) return { failedConstraint: failedConstraint(table, basic) };
  const { row, distance } = bestRow(table, narrowed.requirements, basic);
  const candidate = table.candidates[row] as Candidate<Owner>;
  return {
    candidate,
    settings: chooseSettings(candidate.family, narrowed.requirements, basic),
    distance,
    keptSets: narrowed.keptSets,
  };
}

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
