import { constrainableProperties, type ConstrainableProperty } from "./properties.ts";

/**
 * What `getSupportedConstraints()` gives: every constrainable property, true.
 *
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getsupportedconstraints
 */
export function supportedConstraints(): Record<ConstrainableProperty, true> {
  const names = constrainableProperties.map(({ name }) => [name, true]);
  return Object.fromEntries(names) as Record<ConstrainableProperty, true>;
}
