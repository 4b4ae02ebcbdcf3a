import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";

/** What a device of the list is. */
export type MediaDeviceKind = "audioinput" | "audiooutput" | "videoinput";

/** The slots of a {@link MediaDeviceInfo}. */
export interface MediaDeviceInfoSlots {
  readonly deviceId: string;
  readonly kind: MediaDeviceKind;
  readonly label: string;
  readonly groupId: string;
}

export const mediaDeviceInfoBrand = new Brand<MediaDeviceInfoSlots, MediaDeviceInfo>(
  "MediaDeviceInfo",
);

/**
 * A device in the list of `enumerateDevices()`. Before permission, all but `kind` is `""`.
 *
 * @see https://w3c.github.io/mediacapture-main/#device-info
 */
export class MediaDeviceInfo {
  /** Infos come from `enumerateDevices()`. */
  protected constructor() {
    throw new TypeError("Illegal constructor");
  }

  /** The same in every run of one application, another one in others. */
  get deviceId(): string {
    return mediaDeviceInfoBrand.slotsOf(this).deviceId;
  }

  /** Camera, microphone or sound output. */
  get kind(): MediaDeviceKind {
    return mediaDeviceInfoBrand.slotsOf(this).kind;
  }

  /** What a person calls it. */
  get label(): string {
    return mediaDeviceInfoBrand.slotsOf(this).label;
  }

  /** Equal for devices that are one piece of hardware. */
  get groupId(): string {
    return mediaDeviceInfoBrand.slotsOf(this).groupId;
  }

  /** The four values as a plain object. */
  toJSON(): Pick<MediaDeviceInfo, "deviceId" | "kind" | "label" | "groupId"> {
    const { deviceId, groupId, kind, label } = mediaDeviceInfoBrand.slotsOf(this);
    return { deviceId, kind, label, groupId };
  }
}

/** The IDL of {@link MediaDeviceInfo}. */
export const mediaDeviceInfoInterface = defineInterface({
  brand: mediaDeviceInfoBrand,
  class: MediaDeviceInfo,
  secureContext: true,
  operations: { toJSON: operation() },
});
