import { JSDOM } from "jsdom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { VirtualDevices } from "../../../src/testing/index.ts";

let devices: VirtualDevices;
let uninstall: () => Promise<void>;

beforeEach(() => {
  const { window } = new JSDOM("", { url: "https://example.com/" });
  devices = new VirtualDevices();
  uninstall = devices.install(window);
});
afterEach(() => uninstall());

const labels = async () =>
  (await devices.mediaDevices.enumerateDevices()).map(({ label }) => label);

test("reset() leaves no device, no answer, no call and no knowledge of labels", async () => {
  devices.addCamera({ label: "Front" });
  (await devices.mediaDevices.getUserMedia({ video: true })).getTracks()[0]?.stop();
  expect(await labels()).toEqual(["Front"]);
  devices.permission.deny();
  devices.permission.clearSiteData();
  devices.reset();
  expect(await labels()).toEqual([]);
  expect(devices.calls.map(({ method }) => method)).toEqual(["enumerateDevices"]);
  const camera = devices.addCamera({ label: "Front", deviceId: "front" });
  expect(camera.deviceId).toBe("front");
  expect(await labels()).toEqual([""]);
  expect((await devices.navigator.permissions.query({ name: "camera" })).state).toBe("granted");
});

test("reset() ends what is captured, without events, and keeps navigator.mediaDevices", async () => {
  const { mediaDevices } = devices;
  const camera = devices.addCamera();
  const [track] = (await mediaDevices.getUserMedia({ video: true })).getTracks();
  const events = vi.fn();
  track?.addEventListener("ended", events);
  mediaDevices.addEventListener("devicechange", events);
  await mediaDevices.enumerateDevices();
  devices.reset();
  expect([track?.readyState, camera.isLive]).toEqual(["ended", false]);
  devices.addCamera({ label: "Next" });
  const stream = await mediaDevices.getUserMedia({ video: true });
  expect(stream.getTracks()[0]?.label).toBe("Next");
  expect(devices.mediaDevices).toBe(mediaDevices);
  expect(events).not.toHaveBeenCalled();
});

test("a request that waited for an answer when reset() was called is never answered", async () => {
  devices.addCamera();
  devices.permission.dismiss();
  const settled = vi.fn();
  void devices.mediaDevices.getUserMedia({ video: true }).finally(settled);
  await new Promise((resolve) => setImmediate(resolve));
  devices.reset();
  devices.addCamera();
  await devices.mediaDevices.getUserMedia({ video: true });
  expect(settled).not.toHaveBeenCalled();
});
