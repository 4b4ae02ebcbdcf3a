import type { Candidate } from "./candidate.ts";
import { lowestFrameRate, type NativeVideoMode } from "./candidates-for-camera.ts";

/** A display surface as scripts may know it. */
export interface DisplaySurface<Owner> {
  readonly owner: Owner;
  readonly deviceId: string;
  readonly groupId: string;
  readonly displaySurface: string;
  /** Whether the pointer is in the picture. */
  readonly showsCursor?: boolean;
  readonly modes: readonly NativeVideoMode[];
}

/** A picture of a screen is made when asked for, so this is a choice: enough for moving pictures. */
const usualFrameRate = 30;

/**
 * The settings that a display surface can have: its own size at any rate up to the highest, or
 * cropped and scaled to anything smaller.
 *
 * @see https://w3c.github.io/mediacapture-screen-share/#constrainable-properties-for-captured-display-surfaces
 */
export function candidatesForDisplay<Owner>(display: DisplaySurface<Owner>): Candidate<Owner>[] {
  const { owner, deviceId, groupId, displaySurface, modes, showsCursor = true } = display;
  const shared = {
    deviceId: [deviceId],
    groupId: [groupId],
    displaySurface: [displaySurface],
    // What is on the screen is captured, as a rule with the pointer.
    logicalSurface: [false],
    cursor: [showsCursor ? "always" : "never"],
  };
  const native = { ...shared, resizeMode: ["none"] };
  const scaled = { ...shared, resizeMode: ["crop-and-scale"] };
  const families = modes.map(({ width, height, frameRate }) => ({
    rates: { min: lowestFrameRate, max: frameRate },
    width,
    height,
    defaults: { width, height, frameRate: Math.min(usualFrameRate, frameRate) },
  }));
  return [
    ...families.map(({ rates, width, height, defaults }) => ({
      owner,
      family: {
        numbers: {
          width: { min: width, max: width },
          height: { min: height, max: height },
          frameRate: rates,
        },
        values: native,
        defaults,
      },
    })),
    ...families.map(({ rates, width, height, defaults }) => ({
      owner,
      family: {
        numbers: {
          width: { min: 1, max: width },
          height: { min: 1, max: height },
          frameRate: rates,
        },
        values: scaled,
        defaults,
      },
    })),
  ];
}
