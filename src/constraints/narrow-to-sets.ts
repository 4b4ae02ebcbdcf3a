import { keepSatisfying, type AliveRows, type CandidateTable } from "./candidate-table.ts";
import type { NormalizedConstraints } from "./normalize.ts";
import { narrowRequirements, noRequirements, type Requirements } from "./requirements.ts";

export interface NarrowedRows {
  readonly alive: AliveRows;
  /** What the basic set and the advanced sets that were kept require together. */
  readonly requirements: Requirements;
  /** The indices of the advanced sets that were kept. */
  readonly keptSets: readonly number[];
}

/**
 * SelectSettings, steps 3 to 5: the rows that satisfy the basic set and each advanced set that
 * some row still there satisfies. Undefined where none satisfies the basic set.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings
 */
export function narrowToSets<Owner>(
  table: CandidateTable<Owner>,
  { basic, advanced }: NormalizedConstraints,
): NarrowedRows | undefined {
  let alive: AliveRows = new Uint8Array(table.candidates.length).fill(1);
  let requirements = narrowRequirements(noRequirements, basic);
  keepSatisfying(table, alive, requirements);
  if (!alive.includes(1)) return undefined;
  const keptSets: number[] = [];
  advanced.forEach((set, index) => {
    const narrowed = narrowRequirements(requirements, set);
    const survivors = alive.slice();
    keepSatisfying(table, survivors, narrowed, narrowRequirements(noRequirements, set));
    if (!survivors.includes(1)) return;
    alive = survivors;
    requirements = narrowed;
    keptSets.push(index);
  });
  return { alive, requirements, keptSets };
}
