import type { MediaTrackCapabilities } from "../../constraints/types.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { MediaDeviceInfo, mediaDeviceInfoBrand } from "./media-device-info.ts";
import { copyDictionary } from "../realm/window-gaps.ts";

/** The slots of an {@link InputDeviceInfo}. */
export const inputDeviceInfoBrand = new Brand<
  { readonly capabilities: MediaTrackCapabilities },
  InputDeviceInfo
>("InputDeviceInfo", mediaDeviceInfoBrand);

/**
 * A microphone or camera.
 * @see https://w3c.github.io/mediacapture-main/#input-specific-device-info
 */
export class InputDeviceInfo extends MediaDeviceInfo {
  /** What a track of the device could be asked for; `{}` before permission. */
  getCapabilities(): MediaTrackCapabilities {
    return copyDictionary(inputDeviceInfoBrand.slotsOf(this).capabilities);
  }
}

/** The IDL of {@link InputDeviceInfo}. */
export const inputDeviceInfoInterface = defineInterface({
  brand: inputDeviceInfoBrand,
  class: InputDeviceInfo,
  secureContext: true,
  operations: { getCapabilities: operation() },
});
