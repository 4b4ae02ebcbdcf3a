import { bestRow } from "./best-row.ts";
import { createCandidateTable, type CandidateTable } from "./candidate-table.ts";
import type { Candidate } from "./candidate.ts";
import { chooseSettings } from "./choose-settings.ts";
import { failedConstraint } from "./failed-constraint.ts";
import { narrowToSets } from "./narrow-to-sets.ts";
import { normalizeConstraints } from "./normalize.ts";
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
