import { expect, it } from "vitest";
import {
  constraintsForKind,
  disallowedRequiredConstraint,
  supportedConstraints,
} from "../../../src/constraints/allowed-constraints.ts";

it("leaves out what isn't defined for the kind, in advanced sets too", () => {
  const constraints = {
    width: 640,
    sampleRate: { exact: 1 },
    deviceId: "d",
    advanced: [{ height: 480, latency: 1 }],
  };
  expect(constraintsForKind(constraints, "video")).toEqual({
    width: 640,
    deviceId: "d",
    advanced: [{ height: 480 }],
  });
  expect(constraintsForKind(constraints, "audio")).toEqual({
    sampleRate: { exact: 1 },
    deviceId: "d",
    advanced: [{ latency: 1 }],
  });
});

it("finds a required constraint that may not select a device", () => {
  expect(disallowedRequiredConstraint({ backgroundBlur: { exact: true } })).toBe("backgroundBlur");
  expect(disallowedRequiredConstraint({ displaySurface: { exact: "window" } })).toBe(
    "displaySurface",
  );
});

it("allows ideals of any property, and required ones of those that select devices", () => {
  expect(
    disallowedRequiredConstraint({
      backgroundBlur: true,
      width: { min: 1 },
      deviceId: { exact: "d" },
      advanced: [{ backgroundBlur: true }],
    }),
  ).toBeUndefined();
});

it("supports the properties of the specifications", () => {
  expect(Object.keys(supportedConstraints()).toSorted()).toEqual([
    "aspectRatio",
    "autoGainControl",
    "backgroundBlur",
    "brightness",
    "channelCount",
    "colorTemperature",
    "contrast",
    "cursor",
    "deviceId",
    "displaySurface",
    "echoCancellation",
    "exposureCompensation",
    "exposureMode",
    "exposureTime",
    "facingMode",
    "focusDistance",
    "focusMode",
    "frameRate",
    "groupId",
    "height",
    "iso",
    "latency",
    "logicalSurface",
    "noiseSuppression",
    "pan",
    "pointsOfInterest",
    "resizeMode",
    "sampleRate",
    "sampleSize",
    "saturation",
    "sharpness",
    "suppressLocalAudioPlayback",
    "tilt",
    "torch",
    "voiceIsolation",
    "whiteBalanceMode",
    "width",
    "zoom",
  ]);
});
