import { isNumberRequired, normalizeConstraints } from "./normalize.ts";
import { constrainableProperties } from "./properties.ts";
import type { ConstrainableProperty } from "./properties.ts";
import type { MediaTrackConstraints, MediaTrackConstraintSet } from "./types.ts";

/**
 * What `getSupportedConstraints()` gives: every constrainable property, true.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getsupportedconstraints
 */
export function supportedConstraints(): Record<ConstrainableProperty, true> {
  const names = constrainableProperties.map(({ name }) => [name, true]);
  return Object.fromEntries(names) as Record<ConstrainableProperty, true>;
}

/**
 * The constraints without those that aren't defined for this kind of track: a `sampleRate` inside
 * `video` is ignored, even a required one.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
 */
export function constraintsForKind(
  constraints: MediaTrackConstraints,
  kind: "audio" | "video",
): MediaTrackConstraints {
  const { advanced, ...basic } = constraints;
  const kept: MediaTrackConstraints = setForKind(basic, kind);
  if (advanced) kept.advanced = advanced.map((set) => setForKind(set, kind));
  return kept;
}

function setForKind(
  set: MediaTrackConstraintSet,
  kind: "audio" | "video",
): MediaTrackConstraintSet {
  const names = constrainableProperties
    .filter(({ name, kinds }) => name in set && kinds.includes(kind))
    .map(({ name }) => [name, set[name]]);
  return Object.fromEntries(names) as MediaTrackConstraintSet;
}

/**
 * The first required constraint that getUserMedia must refuse with a TypeError, since it isn't one
 * of those that may select a device; undefined where there is none. Advanced sets may have them.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-allowed-required-constraints-for-device-selection
 */
export function disallowedRequiredConstraint(
  constraints: MediaTrackConstraints,
): string | undefined {
  const { basic } = normalizeConstraints(constraints);
  const required = new Set<string>([
    ...basic.numbers.filter(isNumberRequired).map(({ name }) => name),
    ...basic.values.filter(({ exact }) => exact).map(({ name }) => name),
  ]);
  return constrainableProperties.find(
    ({ name, selectsDevice }) => !selectsDevice && required.has(name),
  )?.name;
}
