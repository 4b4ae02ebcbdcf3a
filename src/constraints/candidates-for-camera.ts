import type { Candidate } from "./candidate.ts";
import type { NumberRange } from "./types.ts";

/** A native mode of a camera or display. */
export interface NativeVideoMode {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Frames per second, the highest that this mode has. */
  readonly frameRate: number;
}

/** A camera as scripts may know it, with the modes it has. */
export interface Camera<Owner> {
  readonly owner: Owner;
  readonly deviceId: string;
  readonly groupId: string;
  readonly facingMode?: string | undefined;
  readonly modes: readonly NativeVideoMode[];
}

/** What a camera runs in when nothing is asked: what browsers chose for video calls. */
const usualMode: NativeVideoMode = { width: 640, height: 480, frameRate: 30 };

/** Any rate above zero can be had by decimation. */
export const lowestFrameRate = Number.EPSILON;

/**
 * The settings that a camera can have: each native mode as it is (`resizeMode: "none"`), and
 * cropped, scaled and decimated to anything smaller (`"crop-and-scale"`). First those nearest to
 * 640x480 at 30/s.
 *
 * @see https://w3c.github.io/mediacapture-main/#dfn-resizemode
 */
export function candidatesForCamera<Owner>(camera: Camera<Owner>): Candidate<Owner>[] {
  const { owner, deviceId, groupId, facingMode } = camera;
  const modes = sortedByUse(withoutRepeats(camera.modes));
  const shared = {
    deviceId: [deviceId],
    groupId: [groupId],
    facingMode: facingMode === undefined ? [] : [facingMode],
  };
  const native = { ...shared, resizeMode: ["none"] };
  const scaled = { ...shared, resizeMode: ["crop-and-scale"] };
  return [
    ...modes.map((mode) => ({
      owner,
      family: {
        numbers: {
          width: only(mode.width),
          height: only(mode.height),
          frameRate: only(mode.frameRate),
        },
        values: native,
        defaults: sizeAndRate(mode),
      },
    })),
    ...modes.map((mode) => ({
      owner,
      family: {
        numbers: {
          width: { min: 1, max: mode.width },
          height: { min: 1, max: mode.height },
          frameRate: { min: lowestFrameRate, max: mode.frameRate },
        },
        values: scaled,
        defaults: sizeAndRate(mode),
      },
    })),
  ];
}

function only(number: number): NumberRange {
  return { min: number, max: number };
}

function sizeAndRate({ width, height, frameRate }: NativeVideoMode): NativeVideoMode {
  return { width, height, frameRate };
}

/** Modes that differ in pixel format alone are one here. */
function withoutRepeats(modes: readonly NativeVideoMode[]): NativeVideoMode[] {
  const distinct = new Map<string, NativeVideoMode>();
  for (const mode of modes) {
    const key = `${mode.width}x${mode.height}@${mode.frameRate}`;
    if (!distinct.has(key)) distinct.set(key, mode);
  }
  return [...distinct.values()];
}

function sortedByUse(modes: readonly NativeVideoMode[]): NativeVideoMode[] {
  return modes.toSorted(
    (a, b) =>
      sizeDifference(a) - sizeDifference(b) ||
      Math.abs(a.frameRate - usualMode.frameRate) - Math.abs(b.frameRate - usualMode.frameRate),
  );
}

function sizeDifference({ width, height }: NativeVideoMode): number {
  return (width - usualMode.width) ** 2 + (height - usualMode.height) ** 2;
}
