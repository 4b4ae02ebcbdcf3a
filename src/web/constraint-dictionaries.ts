import type {
  ConstrainBoolean,
  ConstrainBooleanOrDOMString,
  ConstrainBooleanOrDOMStringParameters,
  ConstrainBooleanParameters,
  ConstrainDOMString,
  ConstrainDOMStringParameters,
  ConstrainNumber,
  ConstrainNumberRange,
  MediaTrackConstraints,
  MediaTrackConstraintSet,
} from "../constraints/types.ts";
import { conversionError } from "../webidl/converter.ts";
import type { Converter } from "../webidl/converter.ts";
import { dictionary } from "../webidl/dictionary.ts";
import { boolean, clampedUnsignedLong, domString, double } from "../webidl/primitives.ts";
import { isObject, sequence } from "../webidl/types.ts";
import { union } from "../webidl/union.ts";
import type { MediaStreamConstraints } from "./media-devices.ts";

/*
 * Constraints as IDL has them.
 * https://w3c.github.io/mediacapture-main/#mediatrackconstraints
 */

type Range = Pick<ConstrainNumberRange, "min" | "max">;

function numberConstraint(name: string, type: Converter<number>): Converter<ConstrainNumber> {
  const range = dictionary<Range>(`${name}Range`, { max: type, min: type });
  const constrainRange = dictionary<ConstrainNumberRange, Range>(
    `Constrain${name}Range`,
    { exact: type, ideal: type },
    range,
  );
  return union({ name: `Constrain${name}`, dictionary: constrainRange, numeric: type });
}

const constrainULong = numberConstraint("ULong", clampedUnsignedLong);
const constrainDouble = numberConstraint("Double", double);

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
