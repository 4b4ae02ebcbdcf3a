import { expect, test } from "vitest";

import { captureRequestOf } from "../../../../src/cli/options/media-options.ts";
import { UsageError } from "../../../../src/cli/errors.ts";

const any = { device: { kind: "default" }, constraints: {}, required: false };
const synthetic = { device: { kind: "synthetic" }, constraints: {}, required: true };

test("Nothing said is any camera and any microphone, and neither is a must", () => {
  expect(captureRequestOf({}, true)).toEqual({ video: any, audio: any });
});

test("An option without a value is any device, and a must", () => {
  const required = { ...any, required: true };
  expect(captureRequestOf({ video: true }, true)).toEqual({ video: required, audio: any });
});

test("A format of sound alone takes a microphone alone", () => {
  expect(captureRequestOf({}, false)).toEqual({ audio: any });
});

test("What is named is a must", () => {
  const request = captureRequestOf({ video: "synthetic", audio: false }, true);
  expect(request).toEqual({ video: synthetic });
});

test("A screen takes the place of a camera that nobody named", () => {
  const request = captureRequestOf({ screen: true }, true);
  expect(request).toEqual({ audio: any, screen: { ...any, required: true } });
});

test.each([
  ["two pictures", { video: "synthetic", screen: true }, true],
  ["two pictures of no name", { video: true, screen: true }, true],
  ["pictures in a format of sound", { video: "synthetic" }, false],
  ["nothing at all", { video: false, audio: false }, true],
])("%s is refused", (_name, options, hasVideo) => {
  expect(() => captureRequestOf(options, hasVideo)).toThrow(UsageError);
});
