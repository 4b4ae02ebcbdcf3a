import { describe, expect, it } from "vitest";
import { candidatesForCamera } from "../../../src/constraints/candidates-for-camera.ts";
import { candidatesForMicrophone } from "../../../src/constraints/candidates-for-microphone.ts";
import { selectSettings } from "../../../src/constraints/select-settings.ts";
import type { MediaTrackConstraints } from "../../../src/constraints/types.ts";

const front = candidatesForCamera({
  owner: "front",
  deviceId: "front-id",
  groupId: "front-group",
  facingMode: "user",
  modes: [
    { width: 1920, height: 1080, frameRate: 30 },
    { width: 640, height: 480, frameRate: 60 },
    { width: 640, height: 480, frameRate: 30 },
    { width: 1280, height: 720, frameRate: 30 },
    { width: 320, height: 240, frameRate: 30 },
  ],
});
const back = candidatesForCamera({
  owner: "back",
  deviceId: "back-id",
  groupId: "back-group",
  facingMode: "environment",
  modes: [
    { width: 640, height: 480, frameRate: 30 },
    { width: 3840, height: 2160, frameRate: 15 },
  ],
});
const cameras = [...front, ...back];

function select(constraints: MediaTrackConstraints, candidates = cameras) {
  const result = selectSettings(candidates, constraints);
  if ("failedConstraint" in result) return result;
  const { width, height, frameRate, resizeMode } = result.settings;
  return `${result.candidate.owner} ${width}x${height}@${frameRate} ${resizeMode}`;
}

describe("selectSettings", () => {
  it.each<[string, MediaTrackConstraints, string]>([
    ["the first camera at 640x480 and 30/s where nothing is asked", {}, "front 640x480@30 none"],
    ["a native mode where there is one", { width: 1280, height: 720 }, "front 1280x720@30 none"],
    [
      "the whole picture scaled where only the width is asked",
      { width: 1000 },
      "front 1000x563@30 crop-and-scale",
    ],
    ["the camera that faces the right way", { facingMode: "environment" }, "back 640x480@30 none"],
    [
      "the largest there is for an ideal beyond it",
      { width: 1e6, height: 1e6 },
      "back 3840x2160@15 none",
    ],
    ["a decimated rate", { frameRate: 10 }, "front 640x480@10 crop-and-scale"],
    ["a higher native rate", { frameRate: 60 }, "front 640x480@60 none"],
    [
      "native modes alone when scaling is refused",
      { width: 1000, resizeMode: { exact: "none" } },
      "front 1280x720@30 none",
    ],
    ["a native width within limits", { width: { min: 700, max: 1300 } }, "front 1280x720@30 none"],
    [
      "half of a size as the whole picture",
      { width: { exact: 322 } },
      "front 322x242@30 crop-and-scale",
    ],
    [
      "the usual size cropped for a wide ratio",
      { aspectRatio: 16 / 9, width: { max: 640 } },
      "front 640x360@30 crop-and-scale",
    ],
    [
      "whole pixels for a ratio as people write it",
      { aspectRatio: { exact: 1.777 }, height: 360 },
      "front 640x360@30 crop-and-scale",
    ],
    ["a square", { aspectRatio: 1, height: { max: 480 } }, "front 480x480@30 crop-and-scale"],
  ])("gives %s", (_, constraints, expected) => {
    expect(select(constraints)).toBe(expected);
  });

  it("names the required constraint that no camera meets", () => {
    expect(select({ width: { min: 100_000 } })).toEqual({ failedConstraint: "width" });
    expect(select({ frameRate: { max: 0 } })).toEqual({ failedConstraint: "frameRate" });
    expect(select({ height: { min: 100, max: 10 } })).toEqual({ failedConstraint: "height" });
    expect(select({ deviceId: { exact: "gone" } })).toEqual({ failedConstraint: "deviceId" });
  });

  it("names none when the constraints fail only together", () => {
    const constraints = { facingMode: { exact: "user" }, width: { min: 3000 } };
    expect(select(constraints)).toEqual({ failedConstraint: "" });
  });

  it("keeps an advanced set that some camera satisfies and ignores one that none does", () => {
    expect(select({ advanced: [{ width: 3840, height: 2160 }] })).toBe("back 3840x2160@15 none");
    expect(select({ advanced: [{ width: 9999 }, { height: 720 }] })).toBe("front 1280x720@30 none");
    expect(select({ advanced: [{ facingMode: "user" }, { width: 3840 }] })).toBe(
      "front 640x480@30 none",
    );
  });

  it("takes an empty list as no constraint", () => {
    expect(select({ deviceId: { exact: [] } })).toBe("front 640x480@30 none");
    expect(select({ facingMode: [] })).toBe("front 640x480@30 none");
  });

  it("leaves a microphone's processing off unless it is asked for", () => {
    const microphone = candidatesForMicrophone({
      owner: "microphone",
      deviceId: "m",
      groupId: "g",
      modes: [
        {
          sampleRate: 48_000,
          channelCount: 2,
          sampleSize: 16,
          latency: { min: 0.01, max: 0.5 },
          echoCancellation: [true, false],
        },
      ],
    });
    expect(selectSettings(microphone, {})).toMatchObject({
      settings: {
        echoCancellation: false,
        autoGainControl: false,
        noiseSuppression: false,
        voiceIsolation: false,
        sampleRate: 48_000,
        channelCount: 2,
        latency: 0.01,
      },
    });
    expect(selectSettings(microphone, { echoCancellation: true, latency: 0.1 })).toMatchObject({
      settings: { echoCancellation: true, latency: 0.1 },
      distance: 0,
    });
  });
});
