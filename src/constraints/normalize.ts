import type { NumberProperty, ValueProperty } from "./candidate.ts";
import {
  constrainableProperties,
  isIntegerProperty,
  isNumberProperty,
  isValueProperty,
} from "./properties.ts";
import type {
  ConstrainBooleanOrDOMString,
  ConstrainDOMString,
  ConstrainNumber,
  MediaTrackConstraints,
  MediaTrackConstraintSet,
} from "./types.ts";

export type Value = string | boolean;

/** A constraint on a number. Not required: from -Infinity to Infinity. */
export interface NumberConstraint {
  readonly name: NumberProperty | "aspectRatio";
  readonly min: number;
  readonly max: number;
  readonly ideal: number | undefined;
}

/** A constraint on a string or boolean. Not required: `exact` is undefined. Lists are never empty. */
export interface ValueConstraint {
  readonly name: ValueProperty;
  readonly exact: readonly Value[] | undefined;
  readonly ideal: readonly Value[] | undefined;
}

/** A constraint set in which it no longer matters how its values were written. */
export interface NormalizedConstraintSet {
  readonly numbers: readonly NumberConstraint[];
  readonly values: readonly ValueConstraint[];
}

export interface NormalizedConstraints {
  readonly basic: NormalizedConstraintSet;
  readonly advanced: readonly NormalizedConstraintSet[];
}

/**
 * Writes constraints in one form: a bare value is ideal in the basic set and exact in an advanced
 * one, an empty list is no constraint, `exact` is a range of one value.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-selectsettings
 */
export function normalizeConstraints(constraints: MediaTrackConstraints): NormalizedConstraints {
  return {
    basic: normalizeSet(constraints, "ideal"),
    advanced: (constraints.advanced ?? []).map((set) => normalizeSet(set, "exact")),
  };
}

type BareMeans = "ideal" | "exact";

/**
 * What `true` means for a number: that the device has the property. `false` means nothing.
 * @see https://w3c.github.io/mediacapture-image/#dom-mediatrackconstraintset-pan
 */
const anyValue = { ideal: {}, exact: { min: -Number.MAX_VALUE } } as const;

function normalizeSet(set: MediaTrackConstraintSet, bareMeans: BareMeans): NormalizedConstraintSet {
  const numbers: NumberConstraint[] = [];
  const values: ValueConstraint[] = [];
  for (const { name } of constrainableProperties) {
    const constraint = set[name];
    if (constraint === undefined) continue;
    if (isValueProperty(name)) {
      const value = normalizeValue(
        name,
        constraint as ConstrainDOMString | ConstrainBooleanOrDOMString,
        bareMeans,
      );
      if (value) values.push(value);
    } else if (isNumberProperty(name)) {
      const wish = constraint === true ? anyValue[bareMeans] : constraint;
      if (wish === false) continue;
      numbers.push(normalizeNumber(name, wish as ConstrainNumber, bareMeans));
    }
  }
  return { numbers, values };
}

function normalizeNumber(
  name: NumberConstraint["name"],
  constraint: ConstrainNumber,
  bareMeans: BareMeans,
): NumberConstraint {
  const range = typeof constraint === "number" ? { [bareMeans]: constraint } : constraint;
  const min = Math.max(range.min ?? -Infinity, range.exact ?? -Infinity);
  const max = Math.min(range.max ?? Infinity, range.exact ?? Infinity);
  const { ideal } = range;
  if (isIntegerProperty(name)) {
    return { name, min: toULong(min), max: toULong(max), ideal: ideal && toULong(ideal) };
  }
  // Written so, a range without a number stays empty when ranges are intersected.
  return { name, min: min > max ? Infinity : min, max, ideal };
}

/** WebIDL's [Clamp] unsigned long, but for infinity, which stands for no limit. */
function toULong(number: number): number {
  return number === -Infinity ? number : Math.max(0, Math.trunc(number));
}

function normalizeValue(
  name: ValueProperty,
  constraint: ConstrainDOMString | ConstrainBooleanOrDOMString,
  bareMeans: BareMeans,
): ValueConstraint | undefined {
  const isBare = typeof constraint !== "object" || Array.isArray(constraint);
  const parameters = isBare ? { [bareMeans]: constraint } : constraint;
  const exact = nonEmptyList(parameters.exact);
  const ideal = nonEmptyList(parameters.ideal);
  // Only empty lists were given: as if the constraint were not there.
  if (!exact && !ideal && Object.keys(parameters).length > 0) return undefined;
  return { name, exact, ideal };
}

function nonEmptyList(value: Value | readonly Value[] | undefined): readonly Value[] | undefined {
  if (value === undefined) return undefined;
  const list = typeof value === "object" ? value : [value];
  return list.length > 0 ? list : undefined;
}

/** True for a constraint that a settings dictionary must meet, not only come near. */
export function isNumberRequired(constraint: NumberConstraint): boolean {
  return constraint.min !== -Infinity || constraint.max !== Infinity;
}
