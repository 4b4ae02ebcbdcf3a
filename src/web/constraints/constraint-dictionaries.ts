import type {
  ConstrainBoolean,
  ConstrainBooleanOrDOMString,
  ConstrainBooleanOrDOMStringParameters,
  ConstrainBooleanOrNumber,
  ConstrainBooleanParameters,
  ConstrainDOMString,
  ConstrainDOMStringParameters,
  ConstrainNumber,
  ConstrainNumberRange,
  ConstrainPoint2D,
  ConstrainPoint2DParameters,
  MediaTrackConstraints,
  MediaTrackConstraintSet,
  Point2D,
} from "../../constraints/types.ts";
import { conversionError } from "../../webidl/converter.ts";
import type { Converter } from "../../webidl/converter.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import type { DictionaryConverter } from "../../webidl/dictionary.ts";
import { boolean, clampedUnsignedLong, domString, double } from "../../webidl/primitives.ts";
import { isObject, sequence } from "../../webidl/types.ts";
import { union } from "../../webidl/union.ts";
import type { MediaStreamConstraints } from "../media-devices/media-devices.ts";

/*
 * Constraints as IDL has them.
 * https://w3c.github.io/mediacapture-main/#mediatrackconstraints
 */

type Range = Pick<ConstrainNumberRange, "min" | "max">;

function rangeConstraint(
  name: string,
  type: Converter<number>,
): DictionaryConverter<ConstrainNumberRange> {
  const range = dictionary<Range>(`${name}Range`, { max: type, min: type });
  return dictionary<ConstrainNumberRange, Range>(
    `Constrain${name}Range`,
    { exact: type, ideal: type },
    range,
  );
}

const constrainULong: Converter<ConstrainNumber> = union({
  name: "ConstrainULong",
  dictionary: rangeConstraint("ULong", clampedUnsignedLong),
  numeric: clampedUnsignedLong,
});

const constrainDoubleRange = rangeConstraint("Double", double);

const constrainDouble: Converter<ConstrainNumber> = union({
  name: "ConstrainDouble",
  dictionary: constrainDoubleRange,
  numeric: double,
});

const booleanOrConstrainDouble: Converter<ConstrainBooleanOrNumber> = union({
  name: "(boolean or ConstrainDouble)",
  boolean,
  dictionary: constrainDoubleRange,
  numeric: double,
});

const point2D = dictionary<Point2D>("Point2D", { x: double, y: double });
const points = sequence(point2D);

const constrainPoint2D: Converter<ConstrainPoint2D> = union({
  name: "ConstrainPoint2D",
  sequence: point2D,
  dictionary: dictionary<ConstrainPoint2DParameters>("ConstrainPoint2DParameters", {
    exact: points,
    ideal: points,
  }),
});

const constrainBoolean: Converter<ConstrainBoolean> = union({
  name: "ConstrainBoolean",
  boolean,
  dictionary: dictionary<ConstrainBooleanParameters>("ConstrainBooleanParameters", {
    exact: boolean,
    ideal: boolean,
  }),
});

const stringOrStrings: Converter<string | string[]> = union({
  name: "(DOMString or sequence<DOMString>)",
  sequence: domString,
  string: domString,
});

const constrainDOMString: Converter<ConstrainDOMString> = union({
  name: "ConstrainDOMString",
  sequence: domString,
  string: domString,
  dictionary: dictionary<ConstrainDOMStringParameters>("ConstrainDOMStringParameters", {
    exact: stringOrStrings,
    ideal: stringOrStrings,
  }),
});

const booleanOrString: Converter<boolean | string> = union({
  name: "(boolean or DOMString)",
  boolean,
  string: domString,
});

const constrainBooleanOrDOMString: Converter<ConstrainBooleanOrDOMString> = union({
  name: "ConstrainBooleanOrDOMString",
  boolean,
  string: domString,
  dictionary: dictionary<ConstrainBooleanOrDOMStringParameters>(
    "ConstrainBooleanOrDOMStringParameters",
    { exact: booleanOrString, ideal: booleanOrString },
  ),
});

const mediaTrackConstraintSet = dictionary<MediaTrackConstraintSet>("MediaTrackConstraintSet", {
  width: constrainULong,
  height: constrainULong,
  aspectRatio: constrainDouble,
  frameRate: constrainDouble,
  facingMode: constrainDOMString,
  resizeMode: constrainDOMString,
  sampleRate: constrainULong,
  sampleSize: constrainULong,
  echoCancellation: constrainBooleanOrDOMString,
  autoGainControl: constrainBoolean,
  noiseSuppression: constrainBoolean,
  voiceIsolation: constrainBoolean,
  latency: constrainDouble,
  channelCount: constrainULong,
  deviceId: constrainDOMString,
  groupId: constrainDOMString,
  backgroundBlur: constrainBoolean,
  displaySurface: constrainDOMString,
  logicalSurface: constrainBoolean,
  cursor: constrainDOMString,
  suppressLocalAudioPlayback: constrainBoolean,
  whiteBalanceMode: constrainDOMString,
  exposureMode: constrainDOMString,
  focusMode: constrainDOMString,
  pointsOfInterest: constrainPoint2D,
  exposureCompensation: constrainDouble,
  exposureTime: constrainDouble,
  colorTemperature: constrainDouble,
  iso: constrainDouble,
  brightness: constrainDouble,
  contrast: constrainDouble,
  saturation: constrainDouble,
  sharpness: constrainDouble,
  focusDistance: constrainDouble,
  pan: booleanOrConstrainDouble,
  tilt: booleanOrConstrainDouble,
  zoom: booleanOrConstrainDouble,
  torch: constrainBoolean,
});

/** `MediaTrackConstraints` */
export const mediaTrackConstraints = dictionary<MediaTrackConstraints, MediaTrackConstraintSet>(
  "MediaTrackConstraints",
  { advanced: sequence(mediaTrackConstraintSet) },
  mediaTrackConstraintSet,
);

/** `(boolean or MediaTrackConstraints)` */
export const booleanOrConstraints: Converter<boolean | MediaTrackConstraints> = union({
  name: "(boolean or MediaTrackConstraints)",
  boolean,
  dictionary: mediaTrackConstraints,
});

/** An `AbortSignal` of any realm: a window has its own. */
export const abortSignal: Converter<AbortSignal> = (value, context) => {
  const isSignal = isObject(value) && "aborted" in value && "addEventListener" in value;
  if (isSignal) return value as AbortSignal;
  throw conversionError(context, "is not of type 'AbortSignal'");
};

/** `MediaStreamConstraints` */
export const mediaStreamConstraints = dictionary<MediaStreamConstraints>("MediaStreamConstraints", {
  audio: { type: booleanOrConstraints, defaultValue: () => false },
  signal: abortSignal,
  video: { type: booleanOrConstraints, defaultValue: () => false },
});
