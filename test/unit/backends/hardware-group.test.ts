import { expect, test } from "vitest";

import { hardwareGroupOfSysfsPath } from "../../../src/backends/hardware-group.ts";

const usb = "/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4.2";

test("A webcam's camera and microphone are one piece of hardware", () => {
  expect(hardwareGroupOfSysfsPath(`/sys${usb}/1-4.2:1.0/video4linux/video0`)).toBe(usb);
  expect(hardwareGroupOfSysfsPath(`${usb}/1-4.2:1.2/sound/card1`)).toBe(usb);
});

test("Two webcams on one hub are two", () => {
  const other = hardwareGroupOfSysfsPath(usb.replace("1-4.2", "1-4.3") + "/1-4.3:1.0");
  expect(other).not.toBe(usb);
});

test("On another bus it is the device that the driver is bound to", () => {
  expect(hardwareGroupOfSysfsPath("/devices/pci0000:00/0000:00:1f.3/sound/card0")).toBe(
    "/devices/pci0000:00/0000:00:1f.3",
  );
  expect(hardwareGroupOfSysfsPath("/sys/devices/platform/vivid.0/video4linux/video0")).toBe(
    "/devices/platform/vivid.0",
  );
});
