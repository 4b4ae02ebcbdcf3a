import type { CandidateTable } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { nativeDistance } from "./native-distance.ts";
import type { NormalizedConstraintSet } from "./normalize.ts";
import { RequirementCheck } from "./requirement-check.ts";
import type { Requirements } from "./requirements.ts";
import { RowDistance } from "./row-distance.ts";

export interface BestRow {
  readonly row: number;
  readonly distance: number;
}

/** Sums of the same terms in another order may differ by this much, and are equal all the same. */
const ROUNDING = 1e-12;

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
  for (const [owner, { start, end }] of table.owners.entries()) {
    // A later owner wins only when it is nearer.
    const limit = best.distance - ROUNDING;
    if (distances.ownerAtLeast(owner) >= limit || !check.ownerMayMeet(owner)) continue;
    let bestNative = Infinity;
    for (let row = start; row < end; row++) {
      if (!check.rowMeets(row)) continue;
      const distance = distances.ofRow(row, best.distance + ROUNDING);
      if (distance > best.distance + ROUNDING || distance >= limit) continue;
      const { family } = table.candidates[row] as Candidate<Owner>;
      const native = nativeDistance(family, requirements, basic);
      if (distance > best.distance - ROUNDING && native >= bestNative) continue;
      best = { row, distance };
      bestNative = native;
    }
  }
  return best;
}
