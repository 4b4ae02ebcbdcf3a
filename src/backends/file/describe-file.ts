import { basename } from "node:path";
import type { FileProbe } from "../../capture-process/child/probe-file.ts";
import type { DeviceDescription } from "../../contract/device.ts";

/** The devices that a media file is. */
export function describeFile(path: string, { video, audio }: FileProbe): DeviceDescription[] {
  const shared = {
    hardwareGroupId: path,
    label: basename(path),
    isDefault: false,
    // Who names a file could read it too.
    needsPermission: false,
  } as const;
  const devices: DeviceDescription[] = [];
  if (video !== undefined) {
    const hardwareId = `${path}#video`;
    devices.push({ ...shared, kind: "videoinput", hardwareId, modes: [video] });
  }
  if (audio !== undefined) {
    const hardwareId = `${path}#audio`;
    devices.push({ ...shared, kind: "audioinput", hardwareId, modes: [audio] });
  }
  return devices;
}
