import { constrainableProperties } from "./properties.ts";
import type { MediaTrackConstraints, MediaTrackConstraintSet } from "./types.ts";

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
