import { JSDOM } from "jsdom";
import { afterEach, beforeEach, expect, test } from "vitest";

import { VirtualDevices } from "../../../src/testing/index.ts";
import type { MediaDevices } from "../../../src/web/media-devices/media-devices.ts";

let devices: VirtualDevices;
beforeEach(() => {
  devices = new VirtualDevices();
});
afterEach(() => devices.close());

const labelOf = async (deviceId: string, mediaDevices: MediaDevices = devices.mediaDevices) => {
  const stream = await mediaDevices.getUserMedia({ video: { deviceId: { exact: deviceId } } });
  return stream.getVideoTracks()[0]?.label;
};

test("scripts see the id and the group that a test gave, and exact of the id finds the device", async () => {
  devices.addCamera();
  const camera = devices.addCamera({ label: "USB cam", deviceId: "saved-camera", groupId: "hub" });
  expect(camera.deviceId).toBe("saved-camera");
  expect(await labelOf("saved-camera")).toBe("USB cam");
  const infos = await devices.mediaDevices.enumerateDevices();
  expect(infos.map(({ deviceId, groupId }) => [deviceId, groupId])).toEqual([
    ["Virtual camera 1", "group of Virtual camera 1"],
    ["saved-camera", "hub"],
  ]);
});

test("a window's scripts see the same id", async () => {
  const { window } = new JSDOM("", { url: "https://example.com/" });
  const uninstall = devices.install(window);
  const { deviceId } = devices.addCamera({ label: "USB cam", deviceId: "saved-camera" });
  const { mediaDevices } = window.navigator as unknown as VirtualDevices;
  expect(await labelOf(deviceId, mediaDevices)).toBe("USB cam");
  await uninstall();
});

test("to clear site data gives a device another id, by which the test's user knows it, too", async () => {
  devices.addCamera();
  const camera = devices.addCamera({ label: "USB cam", deviceId: "saved-camera" });
  devices.permission.clearSiteData();
  expect(camera.deviceId).not.toBe("saved-camera");
  await expect(labelOf("saved-camera")).rejects.toMatchObject({ name: "OverconstrainedError" });
  expect(await labelOf(camera.deviceId)).toBe("USB cam");
  devices.permission.deny("camera", camera.deviceId);
  await expect(labelOf(camera.deviceId)).rejects.toMatchObject({ name: "NotAllowedError" });
  expect(await labelOf("Virtual camera 1 after clearing 1")).toBe("Virtual camera 1");
});

test("an empty id is refused, as it means that scripts may not know it", () => {
  expect(() => devices.addCamera({ deviceId: "" })).toThrow(/another deviceId/);
});
