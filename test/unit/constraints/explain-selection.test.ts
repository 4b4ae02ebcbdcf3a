import { describe, expect, it } from "vitest";
import { candidatesForCamera } from "../../../src/constraints/candidates-for-camera.ts";
import { explainSelection } from "../../../src/constraints/explain-selection.ts";
import { formatExplanation } from "../../../src/constraints/format-explanation.ts";
import type { MediaTrackConstraints } from "../../../src/constraints/types.ts";

const cameras = [
  ...candidatesForCamera({
    owner: "Integrated Camera",
    deviceId: "a",
    groupId: "a",
    facingMode: "user",
    modes: [{ width: 1280, height: 720, frameRate: 30 }],
  }),
  ...candidatesForCamera({
    owner: "USB Camera",
    deviceId: "b",
    groupId: "b",
    modes: [{ width: 3840, height: 2160, frameRate: 15 }],
  }),
];

function explain(constraints: MediaTrackConstraints): string[] {
  const explanations = explainSelection(cameras, constraints);
  return formatExplanation(explanations, (owner) => owner).split("\n");
}

describe("explainSelection", () => {
  it("gives each device's fitness distance and settings", () => {
    expect(explain({ width: 1920 })).toEqual([
      "Integrated Camera: fitness distance 0.333 with 1280x720 at 30/s, resizeMode none",
      "USB Camera: fitness distance 0 with 1920x1080 at 15/s, resizeMode crop-and-scale",
    ]);
  });

  it("names what a device offers and what was required of it", () => {
    expect(explain({ width: { min: 4000 }, facingMode: { exact: "user" } })).toEqual([
      "Integrated Camera: width is 1 to 1280, but at least 4000 is required",
      "USB Camera: facingMode is not known, but user is required; " +
        "width is 1 to 3840, but at least 4000 is required",
    ]);
  });

  it("says when constraints fail only together", () => {
    expect(explain({ width: { exact: 1000 }, resizeMode: { exact: "none" } })).toEqual([
      "Integrated Camera: has no setting with resizeMode none and width 1000",
      "USB Camera: has no setting with resizeMode none and width 1000",
    ]);
  });

  it("tells which advanced set left a device out", () => {
    expect(explain({ advanced: [{ width: 9999 }, { frameRate: { min: 20 } }] })).toEqual([
      "Integrated Camera: fitness distance 0 with 1280x720 at 30/s, resizeMode none",
      "USB Camera: frameRate is 0 to 15, but at least 20 is required by advanced[1]",
    ]);
  });
});
