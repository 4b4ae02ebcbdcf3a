import { expect, test } from "vitest";

import { describeMonitor, describeSource } from "../../../../src/backends/pulse/describe-source.ts";
import type { SourceInfo } from "../../../../src/backends/pulse/source-info.ts";

const source: SourceInfo = {
  name: "alsa_input.usb-046d_C920-02.analog-stereo",
  description: "C920 Analog Stereo",
  sampleSpec: { format: 3, channels: 2, rate: 32_000 },
  channelMap: [1, 2],
  isMonitor: false,
  monitoredSink: null,
  muted: false,
  driver: "module-alsa-card.c",
  properties: new Map([
    ["sysfs.path", "/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.2/sound/card1"],
    ["device.bus_path", "pci-0000:00:14.0-usb-0:2:1.2"],
  ]),
  available: true,
};

const named = (defaultSourceName: string | null) => ({ defaultSourceName, cancelsEcho: false });

test("A source keeps its name as id and shows its description", () => {
  expect(describeSource(source, named("other"))).toMatchObject({
    kind: "audioinput",
    hardwareId: "alsa_input.usb-046d_C920-02.analog-stereo",
    label: "C920 Analog Stereo",
    isDefault: false,
  });
  expect(describeSource(source, named(source.name)).isDefault).toBe(true);
  expect(describeSource({ ...source, description: null }, named(null)).label).toBe(source.name);
});

test("A webcam's microphone is grouped by the USB device that its camera is on too", () => {
  expect(describeSource(source, named(null)).hardwareGroupId).toBe(
    "/devices/pci0000:00/0000:00:14.0/usb1/1-2",
  );
});

test("Without a place in sysfs the bus path groups, and without that the source is alone", () => {
  const properties = new Map([["device.bus_path", "pci-0000:00:1f.3"]]);
  expect(describeSource({ ...source, properties }, named(null)).hardwareGroupId).toBe(
    "pci-0000:00:1f.3",
  );
  expect(describeSource({ ...source, properties: new Map() }, named(null)).hardwareGroupId).toBe(
    source.name,
  );
});

test("The device's own mode comes first, each rate once, with its channels or mixed to one", () => {
  const { modes } = describeSource(source, named(null));
  expect(modes[0]).toMatchObject({ sampleRate: 32_000, channelCount: 2, sampleSize: 16 });
  const keys = modes.map(({ sampleRate, channelCount }) => `${sampleRate}x${channelCount}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain("48000x1");
});

test("More than 16 bits are captured in 32", () => {
  const s24 = { ...source, sampleSpec: { format: 9, channels: 1, rate: 48_000 } };
  expect(describeSource(s24, named(null)).modes[0]?.sampleSize).toBe(32);
});

test("Echo cancellation is offered only where the server does it", () => {
  const offered = (each: SourceInfo, cancelsEcho: boolean) =>
    describeSource(each, { defaultSourceName: null, cancelsEcho }).modes[0]?.echoCancellation;
  expect(offered(source, false)).toBeUndefined();
  expect(offered(source, true)).toEqual([false, true]);
  expect(offered({ ...source, driver: "module-echo-cancel.c" }, false)).toEqual([true]);
  expect(offered({ ...source, isMonitor: true }, true)).toBeUndefined();
});

test("What an output plays is the sound of a display, the default output's first", () => {
  const monitor = { ...source, name: "out.monitor", isMonitor: true, monitoredSink: "out" };
  const described = describeMonitor(monitor, { defaultSinkName: "out" });
  expect(described).toMatchObject({ kind: "systemaudio", isDefault: true });
  expect(described.modes[0]).toMatchObject({ sampleRate: 32_000, channelCount: 2 });
  expect(describeMonitor(monitor, { defaultSinkName: "other" }).isDefault).toBe(false);
});
