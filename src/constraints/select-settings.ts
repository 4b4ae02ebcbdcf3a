import { createCandidateTable, type AliveRows, type CandidateTable } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { chooseSettings } from "./choose-settings.ts";
import { failedConstraint } from "./failed-constraint.ts";
import { nativeDistance } from "./native-distance.ts";
import { narrowToSets } from "./narrow-to-sets.ts";
import { normalizeConstraints, type NormalizedConstraints } from "./normalize.ts";
import type { Requirements } from "./requirements.ts";
import { rowDistances } from "./row-distances.ts";
import type { MediaTrackConstraints, MediaTrackSettings } from "./types.ts";

export interface Selection<Owner> {
  readonly candidate: Candidate<Owner>;
  readonly settings: MediaTrackSettings;
  /** The fitness distance of the settings from the basic constraint set. */
  readonly distance: number;
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
  const selected = narrowToSets(table, normalized);
  if (!selected) return { failedConstraint: failedConstraint(table, normalized.basic) };
  const { alive, requirements } = selected;
  const distances = rowDistances(table, alive, requirements, normalized.basic);
  const row = bestRow(table, alive, distances, requirements, normalized);
  const candidate = table.candidates[row] as Candidate<Owner>;
  return {
    candidate,
    settings: chooseSettings(candidate.family, requirements, normalized.basic),
    distance: distances[row] as number,
  };
}

/** Step 6. */
function bestRow<Owner>(
  table: CandidateTable<Owner>,
  alive: AliveRows,
  distances: Float64Array,
  requirements: Requirements,
  { basic }: NormalizedConstraints,
): number {
  let best = -1;
  let bestDistance = Infinity;
  let bestNative = Infinity;
  for (let row = 0; row < alive.length; row++) {
    const distance = distances[row] as number;
    if (!alive[row] || distance > bestDistance) continue;
    const isEqual = best >= 0 && distance === bestDistance;
    if (isEqual && (table.ownerRank[row] as number) > (table.ownerRank[best] as number)) continue;
    const { family } = table.candidates[row] as Candidate<Owner>;
    const native = nativeDistance(family, requirements, basic);
    if (isEqual && native >= bestNative) continue;
    best = row;
    bestDistance = distance;
    bestNative = native;
  }
  return best;
}
