import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { MediaDeviceInfo } from "./media-device-info.ts";

export async function enumerateDevices(slots: MediaDevicesSlots): Promise<MediaDeviceInfo[]> {
  throw new slots.realm.DOMException("", "NotSupportedError");
}
