import type { CandidateTable } from "./candidate-table.ts";
import type { Candidate, SettingsFamily } from "./candidate.ts";
import type { NormalizedConstraintSet } from "./normalize.ts";
import { RequirementCheck } from "./requirement-check.ts";
import type { Requirements } from "./requirements.ts";
import { RowDistance } from "./row-distance.ts";
import { clamp, numberDistance } from "./distance.ts";
import { intersection } from "./fit-size.ts";

export interface BestRow {
  readonly row: number;
  readonly distance: number;
}

/** Sums of the same terms in another order may differ by this much, and are equal all the same. */
export const ROUNDING = 1e-12;

/**
 * SelectSettings, step 6: the row with the least fitness distance. Among equals that of the first
 * owner, and of its rows the one with the least native distance.
 */
export function bestRow<Owner>(
  table: CandidateTable<Owner>,
  requirements: Requirements,
  basic: NormalizedConstraintSet,
): BestRow {
  const check = new RequirementCheck(table, requirements);
  const distances = new RowDistance(table, requirements, basic);
  let best: BestRow = { row: -1, distance: Infinity };
  let bestOwner = -1;
  let bestNative = Infinity;
  for (const [index, { end, owner, start }] of table.blocks.entries()) {
    // A later owner wins only when it is nearer; a later row of the same one also when it is equal.
    let limit = best.distance + (owner === bestOwner ? ROUNDING : -ROUNDING);
    if (distances.blockAtLeast(index) > limit || !check.blockMayMeet(index)) continue;
    // Most rows are too far; that is told sooner than whether they meet the requirements.
    const next = (row: number) => distances.nextWithin(limit, row, end, index);
    for (let row = next(start); row < end; row = next(row + 1)) {
      if (!check.rowMeets(row)) continue;
      const distance = distances.ofRow(row, index);
      if (distance > limit) continue;
      const { family } = table.candidates[row] as Candidate<Owner>;
      const native = nativeDistance(family, requirements, basic);
      const isEqual = owner === bestOwner && distance > best.distance - ROUNDING;
      if (isEqual && native >= bestNative) continue;
      best = { row, distance };
      bestOwner = owner;
      bestNative = native;
      limit = distance + ROUNDING;
    }
  }
  return best;
}

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
