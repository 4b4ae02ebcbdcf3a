import { expect, it } from "vitest";
import { candidatesForCamera } from "../../../src/constraints/candidates-for-camera.ts";
import { candidatesForDisplay } from "../../../src/constraints/candidates-for-display.ts";
import { candidatesForMicrophone } from "../../../src/constraints/candidates-for-microphone.ts";
import { capabilitiesOf } from "../../../src/constraints/capabilities-of.ts";

it("gives a camera's capabilities as browsers do", () => {
  const candidates = candidatesForCamera({
    owner: "camera",
    deviceId: "d",
    groupId: "g",
    modes: [
      { width: 640, height: 480, frameRate: 30 },
      { width: 1280, height: 720, frameRate: 60 },
    ],
  });
  expect(capabilitiesOf(candidates.map(({ family }) => family))).toEqual({
    width: { min: 1, max: 1280 },
    height: { min: 1, max: 720 },
    aspectRatio: { min: 1 / 720, max: 1280 },
    frameRate: { min: 0, max: 60 },
    facingMode: [],
    resizeMode: ["none", "crop-and-scale"],
    deviceId: "d",
    groupId: "g",
  });
});

it("gives a microphone's modes and processing as one", () => {
  const candidates = candidatesForMicrophone({
    owner: "microphone",
    deviceId: "d",
    groupId: "g",
    modes: [
      { sampleRate: 48_000, channelCount: 1, sampleSize: 16, latency: { min: 0.01, max: 1 } },
      {
        sampleRate: 44_100,
        channelCount: 2,
        sampleSize: 16,
        latency: { min: 0.02, max: 2 },
        echoCancellation: [true, false],
      },
    ],
  });
  expect(capabilitiesOf(candidates.map(({ family }) => family))).toEqual({
    sampleRate: { min: 44_100, max: 48_000 },
    choices: { sampleRate: [44_100, 48_000] },
    channelCount: { min: 1, max: 2 },
    sampleSize: { min: 16, max: 16 },
    latency: { min: 0.01, max: 2 },
    echoCancellation: [false, true],
    autoGainControl: [false, true],
    noiseSuppression: [false, true],
    voiceIsolation: [false],
    deviceId: "d",
    groupId: "g",
  });
});

it("gives a display's surface as one value", () => {
  const candidates = candidatesForDisplay({
    owner: "screen",
    deviceId: "d",
    groupId: "g",
    displaySurface: "monitor",
    modes: [{ width: 1920, height: 1080, frameRate: 60 }],
  });
  expect(capabilitiesOf(candidates.map(({ family }) => family))).toMatchObject({
    displaySurface: "monitor",
    width: { min: 1, max: 1920 },
    frameRate: { min: 0, max: 60 },
  });
});
