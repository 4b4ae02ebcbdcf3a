/**
 * From constraints to settings. Pure: a value goes in, a value comes out, nothing outside this
 * folder is used.
 *
 * Devices become candidates (`candidatesForCamera` …), constraints become one form
 * (`normalizeConstraints`), and `selectSettings` finds the settings dictionary with the least
 * fitness distance; `explainSelection` says why each device was taken or not.
 *
 * @module
 */
export { candidatesForCamera } from "./candidates-for-camera.ts";
export { createCandidateTable } from "./candidate-table.ts";
export { constraintsForKind } from "./constraints-for-kind.ts";
export { explainSelection } from "./explain-selection.ts";
export { formatExplanation } from "./format-explanation.ts";
export { selectSettings } from "./select-settings.ts";
export type { Candidate, SettingsFamily } from "./candidate.ts";
export type { Exclusion, OwnerExplanation } from "./explain-selection.ts";
export type { CandidateTable } from "./candidate-table.ts";
export type { Selection, SelectionFailure } from "./select-settings.ts";
