import { dictionary } from "../../webidl/dictionary.ts";
import { boolean, double } from "../../webidl/primitives.ts";
import { enumeration } from "../../webidl/types.ts";

/** @see https://w3c.github.io/mediacapture-image/#photosettings-section */
export interface PhotoSettings {
  fillLightMode?: "auto" | "off" | "flash";
  /** px */
  imageHeight?: number;
  /** px */
  imageWidth?: number;
  redEyeReduction?: boolean;
}

/** @see https://w3c.github.io/mediacapture-image/#mediasettingsrange-section */
export interface MediaSettingsRange {
  max: number;
  min: number;
  step: number;
}

/** @see https://w3c.github.io/mediacapture-image/#photocapabilities-section */
export interface PhotoCapabilities {
  redEyeReduction: "never" | "always" | "controllable";
  /** px */
  imageHeight: MediaSettingsRange;
  /** px */
  imageWidth: MediaSettingsRange;
  fillLightMode: ("auto" | "off" | "flash")[];
}

/** Converts to {@link PhotoSettings}. */
export const photoSettings = dictionary<PhotoSettings>("PhotoSettings", {
  fillLightMode: enumeration("FillLightMode", ["auto", "off", "flash"]),
  imageHeight: double,
  imageWidth: double,
  redEyeReduction: boolean,
});
