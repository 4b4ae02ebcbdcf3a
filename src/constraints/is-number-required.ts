import type { NumberConstraint } from "./normalize.ts";

/** True for a constraint that a settings dictionary must meet, not only come near. */
export function isNumberRequired(constraint: NumberConstraint): boolean {
  return constraint.min !== -Infinity || constraint.max !== Infinity;
}
