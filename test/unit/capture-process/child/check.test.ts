import * as native from "node-av/lib";
import { expect, test } from "vitest";
import { deviceErrorOf } from "../../../../src/capture-process/child/check.ts";
import type { Native } from "../../../../src/capture-process/child/native.ts";

const EIO = -5;
const library = { FFmpegError: native.FFmpegError } as unknown as Native;

test.each([
  [
    "Could not run graph (sometimes caused by a device already in use by other application)",
    "busy",
  ],
  ["Could not find video device with name [Lab Cam] among source devices", "not-found"],
  ["Could not find audio device with name [Mic] among source devices", "not-found"],
  ["Video device not found", "not-found"],
  ["Failed to create AV capture input device: not authorized to use Lab Cam", "not-allowed"],
  ["Could not set video options", "failed"],
])("what FFmpeg says on Windows and macOS is told apart: %s", (said, code) => {
  expect(deviceErrorOf(library, EIO, "Can't open it", said)).toMatchObject({ code });
});
