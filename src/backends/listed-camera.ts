import type { ListedDevice, ListedMode } from "../capture-process/child/list-devices.ts";
import type { CameraDescription, VideoMode } from "../contract/device.ts";

/** What a camera is taken to have that doesn't tell its modes. */
const USUAL: readonly VideoMode[] = [
  { width: 640, height: 480, frameRate: 30, pixelFormat: "unknown" },
];

/** A camera as FFmpeg lists it on macOS and Windows. */
export function describeListedCamera(
  { name, description, isDefault }: ListedDevice,
  listed: readonly ListedMode[],
): CameraDescription {
  const modes = new Map<string, VideoMode>();
  for (const { width, height, maxFrameRate: frameRate, pixelFormat } of listed) {
    const key = `${width}x${height}@${frameRate}`;
    if (!modes.has(key)) modes.set(key, { width, height, frameRate, pixelFormat });
  }
  return {
    kind: "videoinput",
    hardwareId: name,
    hardwareGroupId: name,
    label: description,
    isDefault,
    modes: modes.size > 0 ? [...modes.values()] : USUAL,
  };
}
