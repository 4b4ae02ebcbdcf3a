import type { MediaTrackConstraints } from "../../constraints/types.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { enumeration, interfaceType } from "../../webidl/types.ts";
import { captureControllerBrand } from "./capture-controller.ts";
import type { CaptureController } from "./capture-controller.ts";
import { abortSignal, booleanOrConstraints } from "../constraints/constraint-dictionaries.ts";

/** Says whether something belongs into the choice that the user is offered. */
export type DisplayPreference = "include" | "exclude";

/**
 * What of a display to get, and with which settings. Video is on by default.
 * @see https://w3c.github.io/mediacapture-screen-share/#displaymediastreamoptions
 */
export interface DisplayMediaStreamOptions {
  audio?: boolean | MediaTrackConstraints;
  video?: boolean | MediaTrackConstraints;
  controller?: CaptureController;
  /** Hints for a browser's own dialog, taken and without effect here. */
  selfBrowserSurface?: DisplayPreference;
  surfaceSwitching?: DisplayPreference;
  /** `"exclude"` leaves out what the machine plays, even where `audio` asks for sound. */
  systemAudio?: DisplayPreference;
  /** `"exclude"` leaves whole monitors out of the choice. */
  monitorTypeSurfaces?: DisplayPreference;
  /**
   * Withdraws the call: its prompt closes, and the promise rejects with the signal's reason.
   * Deviates: an extension; browsers ignore it.
   */
  signal?: AbortSignal;
}

const preferences = ["include", "exclude"] as const;

/** Converts to {@link DisplayMediaStreamOptions}. */
export const displayMediaStreamOptions = dictionary<DisplayMediaStreamOptions>(
  "DisplayMediaStreamOptions",
  {
    audio: { type: booleanOrConstraints, defaultValue: () => false },
    controller: interfaceType(captureControllerBrand),
    monitorTypeSurfaces: enumeration("MonitorTypeSurfacesEnum", preferences),
    selfBrowserSurface: enumeration("SelfCapturePreferenceEnum", preferences),
    signal: abortSignal,
    surfaceSwitching: enumeration("SurfaceSwitchingPreferenceEnum", preferences),
    systemAudio: enumeration("SystemAudioPreferenceEnum", preferences),
    video: { type: booleanOrConstraints, defaultValue: () => true },
  },
);
