import { isNumberRequired, normalizeConstraints } from "./normalize.ts";
import { constrainableProperties } from "./properties.ts";
import type { MediaTrackConstraints } from "./types.ts";

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
