import type { MediaTrackSettings, NumberRange } from "./types.ts";

/**
 * A family of settings dictionaries that one device can have: the spec's candidate set is the
 * union of the dictionaries of many such families. A property that can take any value in a range
 * is a {@link NumberRange}; one that can take some values is a list.
 *
 * A camera mode of 1280x720 at 30/s gives two families: `resizeMode: "none"` with exactly these
 * numbers, and `"crop-and-scale"` with width 1..1280, height 1..720 and frameRate >0..30.
 *
 * A family has both `width` and `height`, or neither. `aspectRatio` is never a dimension of its own: it is width / height of the chosen dictionary.
 */
export interface SettingsFamily {
  readonly numbers: Readonly<Partial<Record<NumberProperty, NumberRange>>>;
  readonly values: Readonly<Partial<Record<ValueProperty, readonly (string | boolean)[]>>>;
  /** What the family's dictionary has where no constraint says otherwise; inside the family. */
  readonly defaults: MediaTrackSettings;
}

export type NumberProperty =
  | "width"
  | "height"
  | "frameRate"
  | "sampleRate"
  | "sampleSize"
  | "latency"
  | "channelCount"
  | "exposureCompensation"
  | "exposureTime"
  | "colorTemperature"
  | "iso"
  | "brightness"
  | "contrast"
  | "saturation"
  | "sharpness"
  | "focusDistance"
  | "pan"
  | "tilt"
  | "zoom";

export type ValueProperty =
  | "facingMode"
  | "resizeMode"
  | "echoCancellation"
  | "autoGainControl"
  | "noiseSuppression"
  | "voiceIsolation"
  | "deviceId"
  | "groupId"
  | "backgroundBlur"
  | "displaySurface"
  | "logicalSurface"
  | "cursor"
  | "suppressLocalAudioPlayback"
  | "whiteBalanceMode"
  | "exposureMode"
  | "focusMode"
  | "pointsOfInterest"
  | "torch";

/** A family and what it belongs to. Order in a list is order of preference when distances tie. */
export interface Candidate<Owner> {
  readonly owner: Owner;
  readonly family: SettingsFamily;
}

/** The candidates of each owner, in the order in which owners first appear. */
export function groupByOwner<Owner>(candidates: readonly Candidate<Owner>[]): Candidate<Owner>[][] {
  const groups = new Map<Owner, Candidate<Owner>[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.owner);
    if (group) group.push(candidate);
    else groups.set(candidate.owner, [candidate]);
  }
  return [...groups.values()];
}
