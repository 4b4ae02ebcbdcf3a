import { hasRatioBetween, ratioDistance } from "./aspect-ratio.ts";
import type { NormalizedConstraintSet, NumberConstraint, ValueConstraint } from "./normalize.ts";
import { numberDistance } from "./number-distance.ts";
import type { MediaTrackSettings } from "./types.ts";

/**
 * How far a settings dictionary is from a constraint set: 0 is perfect, Infinity means that a
 * required constraint isn't met.
 *
 * Rules 1 and 3 of the spec (names unknown, or not for this kind of track) need no code: such
 * constraints are gone before. Nor does rule 4: after WebIDL conversion a boolean is only ever
 * given to a property that is one.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-fitness-distance
 */
export function fitnessDistance(
  settings: MediaTrackSettings,
  constraints: NormalizedConstraintSet,
): number {
  let sum = 0;
  for (const constraint of constraints.numbers) sum += numberTerm(settings, constraint);
  for (const constraint of constraints.values) sum += valueTerm(settings, constraint);
  return sum;
}

function numberTerm(settings: MediaTrackSettings, constraint: NumberConstraint): number {
  const actual = settings[constraint.name];
  if (actual === undefined) return isNumberRequired(constraint) ? Infinity : 1;
  const { width, height } = settings;
  if (constraint.name === "aspectRatio" && width !== undefined && height !== undefined) {
    const { min, max, ideal } = constraint;
    return hasRatioBetween(width, height, min, max)
      ? ratioDistance(width, height, ideal)
      : Infinity;
  }
  if (actual < constraint.min || actual > constraint.max) return Infinity;
  return numberDistance(actual, constraint.ideal);
}

function valueTerm(settings: MediaTrackSettings, constraint: ValueConstraint): number {
  const actual = settings[constraint.name];
  if (actual === undefined) return constraint.exact ? Infinity : 1;
  if (constraint.exact && !constraint.exact.includes(actual)) return Infinity;
  return !constraint.ideal || constraint.ideal.includes(actual) ? 0 : 1;
}

export function isNumberRequired(constraint: NumberConstraint): boolean {
  return constraint.min !== -Infinity || constraint.max !== Infinity;
}
