import { expect, test } from "vitest";

import { matchDevice } from "../../../../src/cli/devices/listed-device.ts";

const devices = [
  { id: "v4l2:a", label: "Logitech C920" },
  { id: "v4l2:b", label: "Logitech Brio" },
  { id: "v4l2:c", label: "Brio" },
];

test("A device is found by its id, its label or a part of that, in any case", () => {
  expect(matchDevice(devices, "v4l2:b")).toBe(devices[1]);
  expect(matchDevice(devices, "c920")).toBe(devices[0]);
  expect(matchDevice(devices, "Brio")).toBe(devices[2]);
});

test("A part of several labels is ambiguous, and of none nothing", () => {
  expect(matchDevice(devices, "logi")).toEqual({ ambiguous: devices.slice(0, 2) });
  expect(matchDevice(devices, "nothing")).toBeUndefined();
});
