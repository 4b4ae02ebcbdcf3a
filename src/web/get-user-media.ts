import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { MediaStreamConstraints } from "./media-devices.ts";
import type { MediaStream } from "./media-stream.ts";

export async function getUserMedia(
  slots: MediaDevicesSlots,
  _constraints: MediaStreamConstraints,
): Promise<MediaStream> {
  throw new slots.realm.DOMException("", "NotSupportedError");
}
