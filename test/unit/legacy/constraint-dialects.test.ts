import { describe, expect, it } from "vitest";
import { translateConstraints } from "../../../src/legacy/constraint-dialects.ts";

function video(old: Record<string, unknown>): unknown {
  const { constraints, display } = translateConstraints({ video: old });
  return display ? { display: constraints["video"] } : constraints["video"];
}

describe("translateConstraints", () => {
  it("passes today's constraints through", () => {
    const constraints = {
      audio: true,
      video: { width: { ideal: 640 }, advanced: [{ height: 1 }] },
    };
    expect(translateConstraints(constraints)).toEqual({ constraints, display: false });
  });

  it("turns webkit's mandatory limits into required ranges", () => {
    const mandatory = { minWidth: 640, maxWidth: 1280, minFrameRate: 30, minAspectRatio: 1.77 };
    expect(video({ mandatory })).toEqual({
      width: { min: 640, max: 1280 },
      frameRate: { min: 30 },
      aspectRatio: { min: 1.77 },
    });
  });

  it("requires a mandatory source and prefers an optional one", () => {
    expect(video({ mandatory: { sourceId: "a" } })).toEqual({ deviceId: { exact: "a" } });
    expect(video({ optional: [{ sourceId: "a" }, { minWidth: 320 }] })).toEqual({
      advanced: [{ deviceId: "a" }, { width: { min: 320 } }],
    });
  });

  it("takes the drafts' ranges of 2012", () => {
    expect(
      video({ mandatory: { width: { min: 640 }, height: 480 }, optional: [{ width: 650 }] }),
    ).toEqual({ width: { min: 640 }, height: { exact: 480 }, advanced: [{ width: 650 }] });
  });

  it("takes goog off: what has a name today is asked for, and nothing has the other names", () => {
    const audio = {
      mandatory: { googEchoCancellation: false, googHighpassFilter: true },
      optional: [{ googNoiseSuppression2: false }, { googTypingNoiseDetection: true }],
    };
    expect(translateConstraints({ audio }).constraints).toEqual({
      audio: {
        echoCancellation: { exact: false },
        highpassFilter: { exact: true },
        advanced: [{ noiseSuppression: false }, { typingNoiseDetection: true }],
      },
    });
  });

  it("takes booleans that were written as strings", () => {
    const mandatory = { googEchoCancellation: "false", googAutoGainControl: "true" };
    expect(translateConstraints({ audio: { mandatory } }).constraints).toEqual({
      audio: { echoCancellation: { exact: false }, autoGainControl: { exact: true } },
    });
  });

  it("asks for a screen's sound with the screen", () => {
    const screen = { mandatory: { chromeMediaSource: "desktop" } };
    expect(translateConstraints({ audio: screen, video: screen })).toMatchObject({
      display: true,
    });
  });

  it("requires what moz's require names and prefers the rest", () => {
    expect(
      video({ require: ["width"], width: { min: 640 }, height: { min: 480 }, facingMode: "user" }),
    ).toEqual({ width: { min: 640 }, facingMode: "user", advanced: [{ height: { min: 480 } }] });
  });

  it("asks for a screen as wishes, which is all that getDisplayMedia takes", () => {
    expect(
      video({ mandatory: { chromeMediaSource: "screen", maxWidth: 1280, minFrameRate: 5 } }),
    ).toEqual({
      display: { displaySurface: "monitor", width: { max: 1280 }, frameRate: { ideal: 5 } },
    });
    expect(video({ mediaSource: "window" })).toEqual({ display: { displaySurface: "window" } });
  });

  it("prefers the screen that chromeMediaSourceId names", () => {
    const mandatory = { chromeMediaSource: "desktop", chromeMediaSourceId: "screen:1" };
    expect(video({ mandatory })).toEqual({
      display: { displaySurface: "monitor", deviceId: { ideal: "screen:1" } },
    });
  });

  it("leaves the camera a camera", () => {
    expect(video({ mediaSource: "camera", width: 640 })).toEqual({ width: 640 });
  });
});
