import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * What a USB camera says of itself that is the same in every port and on every machine: its
 * maker's and product's numbers, its serial number where it has one, and which of its interfaces
 * this is. Undefined for what isn't on USB.
 *
 * Read from sysfs, where it is as soon as the camera is. udev's links in `/dev/v4l/by-id` come some
 * moments later, so that a camera would change its id right after it was plugged in.
 *
 * @param interfaceFolder of the USB interface, in sysfs
 */
export async function usbIdentity(interfaceFolder: string): Promise<string | undefined> {
  const read = async (folder: string, file: string) =>
    (await readFile(join(folder, file), "utf8").catch(() => "")).trim();
  const usbDevice = dirname(interfaceFolder);
  const [vendor, product, serial, number] = await Promise.all([
    read(usbDevice, "idVendor"),
    read(usbDevice, "idProduct"),
    read(usbDevice, "serial"),
    read(interfaceFolder, "bInterfaceNumber"),
  ]);
  if (vendor === "" || product === "") return undefined;
  return `usb-${vendor}:${product}${serial === "" ? "" : `-${serial}`}-interface${number}`;
}
