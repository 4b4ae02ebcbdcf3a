import { expect, test } from "vitest";

import { captureRequestOf } from "../../../src/cli/media-options.ts";
import { UsageError } from "../../../src/cli/usage-error.ts";

const any = { device: { kind: "default" }, constraints: {}, required: false };
const synthetic = { device: { kind: "synthetic" }, constraints: {}, required: true };

test("Nothing said is any camera and any microphone, and neither is a must", () => {
  expect(captureRequestOf({ video: true, audio: true }, true)).toEqual({ video: any, audio: any });
});

test("A format of sound alone takes a microphone alone", () => {
  expect(captureRequestOf({ video: true, audio: true }, false)).toEqual({ audio: any });
});

test("What is named is a must", () => {
  const request = captureRequestOf({ video: "synthetic", audio: false }, true);
  expect(request).toEqual({ video: synthetic });
});

test("A screen takes the camera's place", () => {
  const request = captureRequestOf({ video: true, audio: true, screen: true }, true);
  expect(request).toEqual({ audio: any, screen: { ...any, required: true } });
});

test.each([
  ["two pictures", { video: "synthetic", audio: true, screen: true }, true],
  ["pictures in a format of sound", { video: "synthetic", audio: true }, false],
  ["nothing at all", { video: false, audio: false }, true],
  ["an option said twice", { video: ["a", "b"], audio: true }, true],
])("%s is refused", (_name, options, hasVideo) => {
  expect(() => captureRequestOf(options, hasVideo)).toThrow(UsageError);
});
