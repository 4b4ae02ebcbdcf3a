import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { DisplayMediaStreamOptions } from "./media-devices.ts";
import type { MediaStream } from "./media-stream.ts";

export async function getDisplayMedia(
  slots: MediaDevicesSlots,
  _options: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  throw new slots.realm.DOMException("", "NotSupportedError");
}
