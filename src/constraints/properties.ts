import type { NumberProperty, ValueProperty } from "./candidate.ts";
import type { MediaTrackConstraintSet } from "./types.ts";

/** A constrainable property. `aspectRatio` is a number that follows from two others. */
export type ConstrainableProperty = keyof MediaTrackConstraintSet;

interface PropertyDescription {
  readonly name: ConstrainableProperty;
  readonly type: "integer" | "double" | "value";
  /** The kinds of track that the property is defined for. */
  readonly kinds: readonly ("audio" | "video")[];
  /** May be required in getUserMedia. */
  readonly selectsDevice: boolean;
}

/**
 * Every property, in the order in which failures are reported: what picks a device comes first,
 * since no other value helps when it fails.
 *
 * `selectsDevice` is the spec's list of allowed required constraints for device selection.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-allowed-required-constraints-for-device-selection
 */
export const constrainableProperties: readonly PropertyDescription[] = [
  { name: "deviceId", type: "value", kinds: ["audio", "video"], selectsDevice: true },
  { name: "groupId", type: "value", kinds: ["audio", "video"], selectsDevice: true },
  { name: "facingMode", type: "value", kinds: ["video"], selectsDevice: true },
  { name: "displaySurface", type: "value", kinds: ["video"], selectsDevice: false },
  { name: "logicalSurface", type: "value", kinds: ["video"], selectsDevice: false },
  { name: "cursor", type: "value", kinds: ["video"], selectsDevice: false },
  { name: "resizeMode", type: "value", kinds: ["video"], selectsDevice: true },
  { name: "width", type: "integer", kinds: ["video"], selectsDevice: true },
  { name: "height", type: "integer", kinds: ["video"], selectsDevice: true },
  { name: "aspectRatio", type: "double", kinds: ["video"], selectsDevice: true },
  { name: "frameRate", type: "double", kinds: ["video"], selectsDevice: true },
  { name: "backgroundBlur", type: "value", kinds: ["video"], selectsDevice: false },
  // https://w3c.github.io/mediacapture-image/#constrainable-properties
  ...photoProperties("value", ["whiteBalanceMode", "exposureMode", "focusMode"]),
  ...photoProperties("value", ["pointsOfInterest", "torch"]),
  ...photoProperties("double", ["exposureCompensation", "exposureTime", "colorTemperature"]),
  ...photoProperties("double", ["iso", "brightness", "contrast", "saturation", "sharpness"]),
  ...photoProperties("double", ["focusDistance", "pan", "tilt", "zoom"]),
  { name: "sampleRate", type: "integer", kinds: ["audio"], selectsDevice: true },
  { name: "sampleSize", type: "integer", kinds: ["audio"], selectsDevice: true },
  { name: "channelCount", type: "integer", kinds: ["audio"], selectsDevice: true },
  { name: "latency", type: "double", kinds: ["audio"], selectsDevice: true },
  { name: "echoCancellation", type: "value", kinds: ["audio"], selectsDevice: true },
  { name: "autoGainControl", type: "value", kinds: ["audio"], selectsDevice: true },
  { name: "noiseSuppression", type: "value", kinds: ["audio"], selectsDevice: true },
  { name: "suppressLocalAudioPlayback", type: "value", kinds: ["audio"], selectsDevice: false },
  // https://w3c.github.io/mediacapture-extensions/#voiceisolation-constraint
  { name: "voiceIsolation", type: "value", kinds: ["audio"], selectsDevice: true },
];

function photoProperties(
  type: "double" | "value",
  names: readonly ConstrainableProperty[],
): PropertyDescription[] {
  return names.map((name) => ({ name, type, kinds: ["video"], selectsDevice: false }));
}

const descriptions = new Map(constrainableProperties.map((property) => [property.name, property]));

export function isIntegerProperty(name: ConstrainableProperty): boolean {
  return descriptions.get(name)?.type === "integer";
}

export function isNumberProperty(
  name: ConstrainableProperty,
): name is NumberProperty | "aspectRatio" {
  return descriptions.get(name)?.type !== "value";
}

export function isValueProperty(name: ConstrainableProperty): name is ValueProperty {
  return descriptions.get(name)?.type === "value";
}
