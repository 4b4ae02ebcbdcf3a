/**
 * The plain values that constraint algorithms work on. No I/O, no classes.
 *
 * @see https://w3c.github.io/mediacapture-main/#media-track-constraints
 * @module
 */

/** `ConstrainULongRange` and `ConstrainDoubleRange`. */
export interface ConstrainNumberRange {
  min?: number;
  max?: number;
  exact?: number;
  ideal?: number;
}
/** A number that is wished for, or a range with what is wished for and what is required. */
export type ConstrainNumber = number | ConstrainNumberRange;

/** `exact` is required, `ideal` is wished for. */
export interface ConstrainBooleanParameters {
  exact?: boolean;
  ideal?: boolean;
}
/** A boolean that is wished for, or parameters. */
export type ConstrainBoolean = boolean | ConstrainBooleanParameters;

/** `exact` is required, `ideal` is wished for; of a list, any. */
export interface ConstrainDOMStringParameters {
  exact?: string | string[];
  ideal?: string | string[];
}
/** A string, or any of a list, that is wished for, or parameters. */
export type ConstrainDOMString = string | string[] | ConstrainDOMStringParameters;

/** `exact` is required, `ideal` is wished for. */
export interface ConstrainBooleanOrDOMStringParameters {
  exact?: boolean | string;
  ideal?: boolean | string;
}
/** A boolean or a string that is wished for, or parameters. */
export type ConstrainBooleanOrDOMString = boolean | string | ConstrainBooleanOrDOMStringParameters;

/**
 * The type of the `echoCancellation` constraint: a boolean or a string, as the specification says.
 * Before version 6, TypeScript's lib.dom knows booleans alone: there, that is the type, since
 * `getConstraints()` of our tracks must give what lib.dom's gives.
 */
export type EchoCancellationConstraint = typeof globalThis extends {
  // lib.dom alone declares it; tested first, so that nothing refers to itself without lib.dom.
  onmessage: unknown;
  MediaStreamTrack: { prototype: { getConstraints(): { echoCancellation?: infer Known } } };
}
  ? Exclude<Known, undefined>
  : ConstrainBooleanOrDOMString;

/** A number, or `true` for a device that has the property at all. */
export type ConstrainBooleanOrNumber = boolean | ConstrainNumber;

/** A place in the picture, from 0 to 1 in both directions. */
export interface Point2D {
  x?: number;
  y?: number;
}

/** `exact` is required, `ideal` is wished for. */
export interface ConstrainPoint2DParameters {
  exact?: Point2D[];
  ideal?: Point2D[];
}
/** Places that are wished for, or parameters. */
export type ConstrainPoint2D = Point2D[] | ConstrainPoint2DParameters;

/** One set of constraints, after WebIDL conversion (unknown members are gone). */
export interface MediaTrackConstraintSet {
  width?: ConstrainNumber;
  height?: ConstrainNumber;
  aspectRatio?: ConstrainNumber;
  frameRate?: ConstrainNumber;
  facingMode?: ConstrainDOMString;
  resizeMode?: ConstrainDOMString;
  sampleRate?: ConstrainNumber;
  sampleSize?: ConstrainNumber;
  echoCancellation?: EchoCancellationConstraint;
  autoGainControl?: ConstrainBoolean;
  noiseSuppression?: ConstrainBoolean;
  voiceIsolation?: ConstrainBoolean;
  latency?: ConstrainNumber;
  channelCount?: ConstrainNumber;
  /**
   * An id that `enumerateDevices()` gives. Deviates: also a key that `usermedia devices` prints, or
   * `"label:"` and a part of the label, in any case.
   */
  deviceId?: ConstrainDOMString;
  groupId?: ConstrainDOMString;
  backgroundBlur?: ConstrainBoolean;
  displaySurface?: ConstrainDOMString;
  logicalSurface?: ConstrainBoolean;
  cursor?: ConstrainDOMString;
  suppressLocalAudioPlayback?: ConstrainBoolean;
  whiteBalanceMode?: ConstrainDOMString;
  exposureMode?: ConstrainDOMString;
  focusMode?: ConstrainDOMString;
  pointsOfInterest?: ConstrainPoint2D;
  exposureCompensation?: ConstrainNumber;
  exposureTime?: ConstrainNumber;
  colorTemperature?: ConstrainNumber;
  iso?: ConstrainNumber;
  brightness?: ConstrainNumber;
  contrast?: ConstrainNumber;
  saturation?: ConstrainNumber;
  sharpness?: ConstrainNumber;
  focusDistance?: ConstrainNumber;
  pan?: ConstrainBooleanOrNumber;
  tilt?: ConstrainBooleanOrNumber;
  zoom?: ConstrainBooleanOrNumber;
  torch?: ConstrainBoolean;
}

/** A basic set with its advanced sets, in order of preference. */
export interface MediaTrackConstraints extends MediaTrackConstraintSet {
  advanced?: MediaTrackConstraintSet[];
}

/**
 * A settings dictionary: the value each property has now.
 * Units: `width`, `height` px; `frameRate` frames/s; `sampleRate` Hz; `sampleSize` bits; `latency` s;
 * `exposureTime` 100 µs; `colorTemperature` K; `focusDistance` m; `pan`, `tilt` arc seconds.
 */
export interface MediaTrackSettings {
  width?: number;
  height?: number;
  aspectRatio?: number;
  frameRate?: number;
  facingMode?: string;
  resizeMode?: string;
  sampleRate?: number;
  sampleSize?: number;
  echoCancellation?: boolean;
  autoGainControl?: boolean;
  noiseSuppression?: boolean;
  voiceIsolation?: boolean;
  latency?: number;
  channelCount?: number;
  deviceId?: string;
  groupId?: string;
  backgroundBlur?: boolean;
  displaySurface?: string;
  logicalSurface?: boolean;
  cursor?: string;
  suppressLocalAudioPlayback?: boolean;
  whiteBalanceMode?: string;
  exposureMode?: string;
  focusMode?: string;
  pointsOfInterest?: Point2D[];
  exposureCompensation?: number;
  exposureTime?: number;
  colorTemperature?: number;
  iso?: number;
  brightness?: number;
  contrast?: number;
  saturation?: number;
  sharpness?: number;
  focusDistance?: number;
  pan?: number;
  tilt?: number;
  zoom?: number;
  torch?: boolean;
}

/** `ULongRange` and `DoubleRange`. */
export interface NumberRange {
  min: number;
  max: number;
}

/** A range as a capability; both ends are there in ours, and optional as in TypeScript's lib.dom. */
export type CapabilityRange = Partial<NumberRange>;

/** The numbers of a capability whose range has gaps, in ascending order. */
export interface CapabilityChoices {
  sampleRate?: number[];
  sampleSize?: number[];
  channelCount?: number[];
}

/** What a device can do, as `getCapabilities()` gives it. */
export interface MediaTrackCapabilities {
  width?: CapabilityRange;
  height?: CapabilityRange;
  aspectRatio?: CapabilityRange;
  frameRate?: CapabilityRange;
  facingMode?: string[];
  resizeMode?: string[];
  sampleRate?: CapabilityRange;
  sampleSize?: CapabilityRange;
  echoCancellation?: boolean[];
  autoGainControl?: boolean[];
  noiseSuppression?: boolean[];
  voiceIsolation?: boolean[];
  latency?: CapabilityRange;
  channelCount?: CapabilityRange;
  deviceId?: string;
  groupId?: string;
  backgroundBlur?: boolean[];
  displaySurface?: string;
  logicalSurface?: boolean;
  cursor?: string[];
  suppressLocalAudioPlayback?: boolean[];
  whiteBalanceMode?: string[];
  exposureMode?: string[];
  focusMode?: string[];
  exposureCompensation?: CapabilityRange;
  exposureTime?: CapabilityRange;
  colorTemperature?: CapabilityRange;
  iso?: CapabilityRange;
  brightness?: CapabilityRange;
  contrast?: CapabilityRange;
  saturation?: CapabilityRange;
  sharpness?: CapabilityRange;
  focusDistance?: CapabilityRange;
  pan?: CapabilityRange;
  tilt?: CapabilityRange;
  zoom?: CapabilityRange;
  torch?: boolean[];
  /**
   * The numbers that can be had, for properties of which not every number in the range can: a
   * microphone's sample rates. Deviates: an extension, since a range can't say this.
   */
  choices?: CapabilityChoices;
}
