import type { AliveRows, CandidateTable } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { idealSize } from "./choose-settings.ts";
import { fitSize, preferredSize } from "./fit-size.ts";
import { nearestNumber } from "./nearest-number.ts";
import type { NormalizedConstraintSet, NumberConstraint, ValueConstraint } from "./normalize.ts";
import { numberDistance } from "./number-distance.ts";
import type { Requirements } from "./requirements.ts";
import { choiceOfSize } from "./size-choice.ts";

/**
 * For each row alive, the least fitness distance that a dictionary of its family has. Properties
 * are independent of each other, so each is at its best; but for width, height and aspectRatio,
 * of which two decide the third.
 */
export function rowDistances<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): Float64Array {
  const distances = new Float64Array(alive.length);
  for (const constraint of basic.values) {
    addValueDistances(table, distances, requirements, constraint);
  }
  const ratioMatters =
    requirements.numbers.has("aspectRatio") || idealSize(basic).ratio !== undefined;
  for (const constraint of basic.numbers) {
    if (ratioMatters && isSize(constraint)) continue;
    addNumberDistances(table, distances, requirements, constraint);
  }
  if (ratioMatters) addSizeDistances(table, alive, distances, requirements, basic);
  return distances;
}

function isSize({ name }: NumberConstraint): boolean {
  return name === "width" || name === "height" || name === "aspectRatio";
}

function addNumberDistances<Owner>(
  table: CandidateTable<Owner>,
  distances: Float64Array,
  requirements: Requirements,
  { name, ideal }: NumberConstraint,
): void {
  // Only an aspectRatio without any wish comes here: the property exists where there is a size.
  const column = table.numbers.get(name === "aspectRatio" ? "width" : name);
  if (!column) {
    for (let row = 0; row < distances.length; row++) distances[row] = (distances[row] ?? 0) + 1;
    return;
  }
  const { min, max } = requirements.numbers.get(name) ?? { min: -Infinity, max: Infinity };
  const mins = column.min;
  const maxs = column.max;
  for (let row = 0; row < distances.length; row++) {
    const low = Math.max(mins[row] as number, min);
    const high = Math.min(maxs[row] as number, max);
    const isMissing = low !== low;
    if (isMissing) distances[row] = (distances[row] as number) + 1;
    else if (ideal !== undefined && !(low <= ideal && ideal <= high)) {
      const actual = nearestNumber(low, high, ideal, low);
      distances[row] = (distances[row] as number) + numberDistance(actual, ideal);
    }
  }
}

function addValueDistances<Owner>(
  table: CandidateTable<Owner>,
  distances: Float64Array,
  requirements: Requirements,
  { name, ideal }: ValueConstraint,
): void {
  const exact = requirements.values.get(name);
  const groupDistance = table.valueGroups.map((values) => {
    const allowed = values[name]?.filter((value) => exact?.includes(value) ?? true) ?? [];
    if (allowed.length === 0) return 1;
    return !ideal || allowed.some((value) => ideal.includes(value)) ? 0 : 1;
  });
  for (let row = 0; row < distances.length; row++) {
    const distance = groupDistance[table.valueGroup[row] as number] as number;
    distances[row] = (distances[row] as number) + distance;
  }
}

function addSizeDistances<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  distances: Float64Array,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): void {
  const ideal = idealSize(basic);
  const sizeConstraints = basic.numbers.filter(isSize).length;
  let best = Infinity;
  for (let row = 0; row < distances.length; row++) {
    if (!alive[row]) continue;
    const soFar = distances[row] as number;
    // Its size can only make it worse than a row that is better without.
    if (soFar > best) continue;
    const { family } = table.candidates[row] as Candidate<Owner>;
    const choice = choiceOfSize(family, requirements);
    if (!choice) {
      distances[row] = soFar + sizeConstraints;
      continue;
    }
    const native = { width: choice.width.max, height: choice.height.max };
    const fitted = fitSize(choice, ideal, preferredSize(choice, ideal, native));
    distances[row] = soFar + (fitted?.distance ?? Infinity);
    best = Math.min(best, distances[row] as number);
  }
}
