/**
 * The piece of hardware that a device of Linux belongs to, from its path in sysfs: the USB device
 * that holds the interface (a webcam's camera and microphone are two interfaces of one), or the
 * device itself where it sits on another bus. What every Linux backend uses as `hardwareGroupId`.
 *
 * @param sysfsPath of the device or of anything below it, with or without `/sys` before it
 */
export function hardwareGroupOfSysfsPath(sysfsPath: string): string {
  const path = sysfsPath.replace(/^\/sys(?=\/)/, "");
  const usbInterface = /^(.*\/usb\d+(?:\/\d+-[\d.]+)+)\/\d+-[\d.]+:\d+\.\d+(?:\/|$)/.exec(path);
  return usbInterface?.[1] ?? path.replace(/\/(?:sound|video4linux)\/.*$/, "");
}
