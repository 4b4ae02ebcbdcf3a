import { expect, test } from "vitest";

import { parseMediaChoice } from "../../../../src/cli/options/parse-media-choice.ts";
import { UsageError } from "../../../../src/cli/errors.ts";

const parse = (text: string) => parseMediaChoice("--video", text);
const size = { width: { exact: 1280 }, height: { exact: 720 } };

test.each([
  ["default", { device: { kind: "default" }, constraints: {} }],
  ["synthetic", { device: { kind: "synthetic" }, constraints: {} }],
  ["package.json", { device: { kind: "file", path: "package.json" }, constraints: {} }],
  ["./package.json", { device: { kind: "file", path: "./package.json" }, constraints: {} }],
  ["Logitech C920", { device: { kind: "named", text: "Logitech C920" }, constraints: {} }],
  ["v4l2:/dev/video0", { device: { kind: "named", text: "v4l2:/dev/video0" }, constraints: {} }],
  ["/dev/video0", { device: { kind: "named", text: "/dev/video0" }, constraints: {} }],
  ["1280x720", { device: { kind: "default" }, constraints: size }],
  [
    "1280x720@30",
    { device: { kind: "default" }, constraints: { ...size, frameRate: { ideal: 30 } } },
  ],
  ["@7.5", { device: { kind: "default" }, constraints: { frameRate: { ideal: 7.5 } } }],
  ["Logi, 1280x720", { device: { kind: "named", text: "Logi" }, constraints: size }],
  ["Cam, the second", { device: { kind: "named", text: "Cam, the second" }, constraints: {} }],
  ["synthetic,1280x720", { device: { kind: "synthetic" }, constraints: size }],
  ['{"width":1280}', { device: { kind: "default" }, constraints: { width: 1280 } }],
])("%s is understood", (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

test.each([
  ["", "missing"],
  ["./not-there.mp4", "no such file"],
  ["{width:1280}", "JSON"],
])("%j is refused with what is wrong", (text, message) => {
  expect(() => parse(text)).toThrow(UsageError);
  expect(() => parse(text)).toThrow(message);
});
