import type { MediaTrackConstraints } from "../../constraints/types.ts";

/** No device has an id or a mode of this many characters. */
const LONGEST_STRING = 500;

/**
 * The constraint with a string that is too long to be meant, an ideal one too, as browsers say: what
 * is kept with a track, and told in messages, stays small.
 */
export function overlongConstraint(constraints: MediaTrackConstraints): string | undefined {
  return Object.entries(constraints).find(([, constraint]) => hasLongString(constraint))?.[0];
}

function hasLongString(value: unknown): boolean {
  if (typeof value === "string") return value.length > LONGEST_STRING;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasLongString);
}
