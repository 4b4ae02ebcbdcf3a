import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listCameraNodes } from "../../../../src/backends/v4l2/camera-node.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

interface UsbCamera {
  readonly port: string;
  readonly serial?: string;
  readonly interfaceNumber?: string;
}

/** A folder that looks like sysfs and /dev with these cameras in it, in the order of their numbers. */
function machine(cameras: readonly UsbCamera[]) {
  const root = temporaryFolder();
  const [sys, dev] = [join(root, "sys"), join(root, "dev")];
  mkdirSync(dev);
  cameras.forEach(({ interfaceNumber = "00", port, serial }, number) => {
    const usbDevice = join(sys, "devices/pci/usb1", port);
    const usbInterface = join(usbDevice, `${port}:1.${Number(interfaceNumber)}`);
    const node = join(usbInterface, "video4linux", `video${number}`);
    mkdirSync(node, { recursive: true });
    writeFileSync(join(usbDevice, "idVendor"), "1209\n");
    writeFileSync(join(usbDevice, "idProduct"), "0001\n");
    if (serial !== undefined) writeFileSync(join(usbDevice, "serial"), `${serial}\n`);
    writeFileSync(join(usbInterface, "bInterfaceNumber"), `${interfaceNumber}\n`);
    writeFileSync(join(node, "name"), "Lab Cam\n");
    writeFileSync(join(node, "index"), "0\n");
    symlinkSync(usbInterface, join(node, "device"));
    mkdirSync(join(sys, "class/video4linux"), { recursive: true });
    symlinkSync(node, join(sys, "class/video4linux", `video${number}`));
    writeFileSync(join(dev, `video${number}`), "");
  });
  return { sys, dev };
}

const idsOf = async (cameras: readonly UsbCamera[]) =>
  (await listCameraNodes(machine(cameras))).map(({ hardwareId }) => hardwareId);

describe("the id of a USB camera", () => {
  it("is made of its serial number, and so is the same in every port", async () => {
    const [here] = await idsOf([{ port: "1-1", serial: "A1" }]);
    const [there] = await idsOf([{ port: "1-4", serial: "A1" }]);
    expect(here).toBe("usb-1209:0001-A1-interface00-index0");
    expect(there).toBe(here);
  });

  it("tells cameras of one make apart by their serial numbers, whatever their order", async () => {
    const ids = await idsOf([
      { port: "1-1", serial: "A1" },
      { port: "1-2", serial: "B2" },
    ]);
    expect(new Set(ids).size).toBe(2);
  });

  it("tells two cameras of one device apart", async () => {
    const ids = await idsOf([
      { port: "1-1", serial: "A1" },
      { port: "1-1", serial: "A1", interfaceNumber: "02" },
    ]);
    expect(new Set(ids).size).toBe(2);
  });

  it("counts cameras that nothing tells apart", async () => {
    expect(await idsOf([{ port: "1-1" }, { port: "1-2" }])).toEqual([
      "usb-1209:0001-interface00-index0",
      "usb-1209:0001-interface00-index0#2",
    ]);
  });
});

it("lists nothing where the kernel has no video devices", async () => {
  const folder = temporaryFolder();
  expect(await listCameraNodes({ sys: folder, dev: folder })).toEqual([]);
});
